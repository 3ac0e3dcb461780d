import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RouteSchema } from '@shared/domain/route';
import { parseDeepLink, routeFromArguments } from '../../../src-main/shell/deep-link';
import { createClock } from '../../../src-main/platform/clock';
import { openPageOnLinux } from '../../../src-main/shell/open-page';
import { createSafeOpen, safeLink, signInLink } from '../../../src-main/shell/safe-open';
import { startWish } from '../../../src-main/shell/single-instance';
import { quietLog } from '../../support/quiet-log';

describe('a deep link', () => {
  it.each([
    ['deskbell://new', { screen: 'newTicket', draftId: null }],
    ['deskbell://tickets/', { screen: 'tickets' }],
    ['deskbell://settings', { screen: 'settings' }],
    ['deskbell://outbox', { screen: 'outbox' }],
    ['deskbell://ticket/4127', { screen: 'ticket', key: 'id:4127' }],
    ['deskbell://survey/a-b_c.1', { screen: 'survey', ticketId: 'a-b_c.1' }],
  ])('%s leads to its place', (link, route) => {
    expect(parseDeepLink(link)).toEqual(route);
  });

  it.each([
    'deskbell:new',
    'DESKBELL://new',
    'deskbell://ticket',
    'deskbell://ticket/../../etc',
    'deskbell://ticket/%2e%2e',
    'deskbell://ticket/<script>',
    'deskbell://new?text=rm',
    'deskbell://sign-out',
    'deskbell://ticket/1#x',
    'deskbell://user@new',
    'javascript:alert(1)',
    `deskbell://ticket/${'9'.repeat(600)}`,
    '',
  ])('that is hostile or wrong leads nowhere: %s', (link) => {
    expect(parseDeepLink(link)).toBeNull();
  });

  it('whatever it is, gives a valid place or none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `deskbell://ticket/${rest}`),
        ),
        (link) => {
          const route = parseDeepLink(link);
          expect(route === null || RouteSchema.safeParse(route).success).toBe(true);
        },
      ),
    );
  });

  it('is found among the arguments of a start', () => {
    expect(routeFromArguments(['--flag', 'deskbell://settings'])).toEqual({ screen: 'settings' });
    expect(routeFromArguments(['--flag'])).toBeNull();
  });
});

describe('a start', () => {
  it('shows the window unless it is to stay in the tray', () => {
    expect(startWish([])).toEqual({ show: true, route: null });
    expect(startWish(['--hidden'])).toEqual({ show: false, route: null });
    expect(startWish(['--hidden', 'deskbell://new'])).toMatchObject({ show: true });
  });
});

describe('the safe opener', () => {
  it.each(['https://example.com/a?b#c', 'mailto:help@example.com', 'tel:+16165550140'])(
    'opens %s',
    async (url) => {
      const opened: string[] = [];
      const open = createSafeOpen(async (link) => void opened.push(link), quietLog());
      expect(await open(url)).toBe(true);
      expect(opened).toEqual([url]);
    },
  );

  it.each([
    'http://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@example.com/',
    'smb://host/share',
    'ms-msdt:/id',
    'deskbell://new',
    '/etc/passwd',
    'HTTPS',
  ])('refuses %s', async (url) => {
    const opened: string[] = [];
    const open = createSafeOpen(async (link) => void opened.push(link), quietLog());
    expect(await open(url)).toBe(false);
    expect(opened).toEqual([]);
  });

  it('never lets another scheme through, however it is written', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'ftp', 'file', 'ws', 'x-y'] }), (url) => {
        expect(safeLink(url)).toBeNull();
      }),
    );
  });

  it('says so when the system has no program for it', async () => {
    const log = quietLog();
    const open = createSafeOpen(() => Promise.reject(new Error('no program')), log);
    expect(await open('tel:1')).toBe(false);
    expect(log.events).toEqual(['open.failed']);
  });
});

describe('the page of an identity provider', () => {
  it.each([
    'https://login.example.com/authorize?a=b',
    'http://127.0.0.1:4180/auth',
    'http://localhost/auth',
    'http://[::1]:1/auth',
  ])('may be %s', async (url) => {
    const opened: string[] = [];
    const open = createSafeOpen(async (link) => void opened.push(link), quietLog(), signInLink);
    expect(await open(url)).toBe(true);
    expect(opened).toEqual([url]);
  });

  it.each([
    'http://login.example.com/',
    'http://127.0.0.1.example.com/',
    'http://192.168.0.1/',
    'http://user:secret@127.0.0.1/',
    'https://user:secret@login.example.com/',
    'mailto:help@example.com',
    'tel:+1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'nonsense',
  ])('may not be %s', (url) => expect(signInLink(url)).toBeNull());

  it('only ever leads to the web over TLS, or to this computer', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'ftp', 'file', 'ws', 'x-y'] }), (url) => {
        expect(signInLink(url)).toBeNull();
      }),
    );
  });
});

describe.runIf(process.platform === 'linux')('opening a page on Linux', () => {
  const URL = 'http://127.0.0.1:9/';
  const clock = createClock();

  it('works where the opener finds a browser', async () => {
    await openPageOnLinux(URL, clock, '/bin/true');
  });

  it('fails where it finds none, and where there is no opener', async () => {
    await expect(openPageOnLinux(URL, clock, '/bin/false')).rejects.toThrow('ended with 1');
    await expect(openPageOnLinux(URL, clock, '/nowhere/xdg-open')).rejects.toThrow('ENOENT');
  });

  it('does not wait for the browser to be closed', async () => {
    const started = Date.now();
    // An opener that stays until it is ended, as some browsers do.
    await openPageOnLinux('10', { ...clock, after: (_ms, callback) => clock.after(50, callback) }, 'sleep');
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});
