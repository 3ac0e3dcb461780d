import { describe, expect, it } from 'vitest';
import { calls, type AppState } from '@shared/contract';
import type { Draft } from '@shared/domain/draft';
import type { Feature } from '@shared/domain/policy-keys';
import { defaultSettings } from '@shared/domain/settings';
import { createAppState } from '../../../src-main/ipc/app-state';
import { createHandlers } from '../../../src-main/ipc/handlers';
import type { AccountServices, Services } from '../../../src-main/ipc/services.types';
import { createWhenSeen } from '../../../src-main/ipc/when-seen';

const state: AppState = {
  phase: 'starting',
  version: '0.1.0',
  platform: 'linux',
  locale: 'en',
  timeZone: 'UTC',
  connection: { kind: 'none' },
  agreement: null,
  announcements: [],
  secrets: 'unknown',
  quarantined: 0,
};

const ref = '01a2050b-1696-74f8-aec3-34a691e9ee36';
const attachment = { id: 'a1', name: 'notes.txt', type: 'text/plain', size: 5 };
const ticket = { id: '1', messages: [{ attachments: [attachment] }] };

/** Handlers over an account that is, or is not, connected. */
function setUp(
  account: Partial<Record<keyof AccountServices, unknown>> | null,
  notAllowed: readonly Feature[] = [],
) {
  const opened: string[] = [];
  const services = {
    settings: { get: defaultSettings, set: async () => undefined, onChange: () => () => undefined },
    connection: { current: () => account },
    managed: { allows: (feature: Feature) => !notAllowed.includes(feature) },
    attachments: {
      open: async (name: string) => opened.push(name) > 0,
      save: async () => false,
      tidy: async () => undefined,
    },
  } as unknown as Services;
  const handlers = createHandlers({
    appState: createAppState(state),
    window: {
      pageReady: () => ({ screen: 'welcome' }),
      isVisible: () => true,
      onVisibility: () => () => undefined,
    },
    onUsable: () => undefined,
    safeOpen: async (url) => url.startsWith('https:'),
    services: async () => services,
    copyText: (text) => opened.push(text),
    screenshots: () => Promise.reject(new Error('not wanted here')),
  });
  return { handlers, opened };
}

describe('without an account', () => {
  const { handlers } = setUp(null);

  it('lists are empty', async () => {
    expect(await handlers['tickets.list'](undefined)).toMatchObject({ ok: true, value: { tickets: [] } });
    expect(await handlers['outbox.list'](undefined)).toEqual({ ok: true, value: [] });
    expect(await handlers['drafts.list'](undefined)).toEqual({ ok: true, value: [] });
  });

  it('everything else says that nobody is connected', async () => {
    const fault = { ok: false, fault: { kind: 'notConnected' } };
    expect(await handlers['tickets.get']({ id: '1' })).toEqual(fault);
    expect(await handlers['drafts.create']({ kind: 'ticket' })).toEqual(fault);
    expect(await handlers['tickets.refresh'](undefined)).toEqual(fault);
  });

  it('the state and the first place are there at once', async () => {
    expect(await handlers['app.state'](undefined)).toEqual({ ok: true, value: state });
    expect(await handlers['app.windowReady'](undefined)).toEqual({
      ok: true,
      value: { route: { screen: 'welcome' } },
    });
  });

  it('a link that may not be opened is refused', async () => {
    expect(await handlers['app.openExternal']({ url: 'file:///x' })).toEqual({
      ok: false,
      fault: { kind: 'refused' },
    });
    expect(await handlers['app.openExternal']({ url: 'https://x.example' })).toEqual({
      ok: true,
      value: undefined,
    });
  });
});

describe('what an organisation has switched off', () => {
  const saved: unknown[] = [];
  const account = {
    device: { collect: async () => ({ readings: [] }) },
    drafts: {
      addFile: async () => ({ ok: true, value: {} }),
      save: async (draft: unknown) => {
        saved.push(draft);
        return { ok: true, value: { savedAt: '2026-03-02T08:42:00.000Z' } };
      },
    },
  };
  const refused = { ok: false, fault: { kind: 'refused' } };
  const file = { draftId: ref, name: 'a.txt', type: '', bytes: new Uint8Array(1) };
  const draft = {
    ...{ id: ref, kind: 'ticket', createdAt: '', updatedAt: '', files: [] },
    intake: { problem: 'x', device: [{ key: 'user', value: 'ada' }] },
  } as unknown as Draft;

  it('is refused, whatever the window asks for', async () => {
    const { handlers } = setUp(account, ['screenshots', 'deviceFacts', 'attachments', 'mailFallback']);
    expect(await handlers['screenshot.capture'](undefined)).toEqual(refused);
    expect(await handlers['screenshot.collect'](undefined)).toEqual(refused);
    expect(await handlers['device.collect'](undefined)).toEqual(refused);
    expect(await handlers['drafts.addFile'](file)).toEqual(refused);
    expect(await handlers['outbox.sendByEmail']({ ref })).toEqual(refused);
    expect(await handlers['fallback.set']({ fallback: null, password: null })).toEqual(refused);
    await handlers['drafts.save']({ draft });
    expect(saved.at(-1)).toMatchObject({ intake: { problem: 'x', device: [] } });
  });

  it('works where it is not', async () => {
    const { handlers } = setUp(account);
    expect(await handlers['device.collect'](undefined)).toMatchObject({ ok: true });
    expect(await handlers['drafts.addFile'](file)).toMatchObject({ ok: true });
    await handlers['drafts.save']({ draft });
    expect(saved.at(-1)).toBe(draft);
    await expect(handlers['screenshot.capture'](undefined)).rejects.toThrow('not wanted here');
  });
});

describe('an attachment', () => {
  const account = (download: () => Promise<unknown>) => ({
    tickets: { get: (id: string) => (id === '1' ? ticket : undefined) },
    connector: { download },
  });

  it('is opened under the name the board gave it', async () => {
    const { handlers, opened } = setUp(account(async () => ({ ok: true, value: new Uint8Array(5) })));
    expect(await handlers['attachments.open']({ ticketId: '1', attachmentId: 'a1' })).toMatchObject({
      ok: true,
    });
    expect(opened).toEqual(['notes.txt']);
  });

  it('that the ticket does not name is not even asked for', async () => {
    const { handlers } = setUp(account(() => Promise.reject(new Error('asked'))));
    expect(await handlers['attachments.open']({ ticketId: '1', attachmentId: 'a2' })).toEqual({
      ok: false,
      fault: { kind: 'notFound' },
    });
    expect(await handlers['attachments.open']({ ticketId: '2', attachmentId: 'a1' })).toMatchObject({
      ok: false,
    });
  });

  it.each([
    [
      { kind: 'offline', cause: 'noNetwork' },
      { kind: 'desk', fault: 'offline' },
    ],
    [{ kind: 'authExpired' }, { kind: 'desk', fault: 'signedOut' }],
    [{ kind: 'conflict', reason: 'gone' }, { kind: 'notFound' }],
    [
      { kind: 'serverFault', status: 500 },
      { kind: 'desk', fault: 'failed' },
    ],
  ])('that cannot be had for %j is told as %j', async (fault, told) => {
    const { handlers } = setUp(account(async () => ({ ok: false, fault })));
    expect(await handlers['attachments.save']({ ticketId: '1', attachmentId: 'a1' })).toEqual({
      ok: false,
      fault: told,
    });
  });
});

describe('a change of state', () => {
  const submitted: unknown[] = [];
  const account = {
    tickets: { list: () => [{ id: '1', ref }], get: () => ({ id: '1', ref }) },
    outbox: {
      items: () => [],
      submit: async (...args: unknown[]) => {
        submitted.push(args);
        return { ok: true, value: {} };
      },
    },
  };

  it('goes into the lane of its ticket, whichever way the ticket is named', async () => {
    const { handlers } = setUp(account);
    for (const key of [`ref:${ref}`, 'id:1']) {
      await handlers['outbox.submitState']({ id: ref, key, change: 'works', text: 'thanks\u0007' });
    }
    const write = { kind: 'state', target: { kind: 'board', id: '1' }, change: 'works', text: 'thanks' };
    expect(submitted).toEqual([
      [ref, ref, write],
      [ref, ref, write],
    ]);
  });

  it('of a ticket nobody knows is not found', async () => {
    const { handlers } = setUp(account);
    expect(await handlers['outbox.submitState']({ id: ref, key: 'id:9', change: 'works', text: '' })).toEqual(
      {
        ok: false,
        fault: { kind: 'notFound' },
      },
    );
  });
});

describe('e-mail instead', () => {
  const REFUSED = { ok: false, fault: { kind: 'refused' } };
  const route = {
    host: 'smtp.example.com',
    port: 587,
    security: 'tls' as const,
    deskAddress: 'help@desk.example',
  };
  const wanted = { route, sender: { name: 'Ada', email: 'ada@example.com' } };
  function over(state: unknown) {
    const asked: unknown[] = [];
    const outbox = { sendByEmail: async (id: string) => ({ ok: asked.push(id) > 0, value: {} }) };
    const fallback = {
      state: () => state,
      settings: () => null,
      isManaged: () => false,
      hasPassword: async () => false,
      set: async (...args: unknown[]) => {
        asked.push(args);
        return { kind: 'kept' };
      },
      remove: async () => void asked.push('remove'),
    };
    return { ...setUp({ outbox, fallback }), asked };
  }

  it('is a way only where it is set up', async () => {
    const without = over(null);
    expect(await without.handlers['outbox.sendByEmail']({ ref })).toEqual(REFUSED);
    expect(without.asked).toEqual([]);
    const ready = over({ deskAddress: route.deskAddress, isOffered: true, awaySince: null });
    expect(await ready.handlers['outbox.sendByEmail']({ ref })).toEqual({ ok: true, value: undefined });
    expect(ready.asked).toEqual([ref]);
  });

  it('is set up and forgotten', async () => {
    const { handlers, asked } = over(null);
    const request = calls['fallback.set'].request.parse({ fallback: wanted, password: 'secret' });
    expect(await handlers['fallback.set'](request)).toEqual({ ok: true, value: { kind: 'kept' } });
    await handlers['fallback.set']({ fallback: null, password: null });
    expect(asked).toEqual([[request.fallback, 'secret'], 'remove']);
    expect(await handlers['fallback.get'](undefined)).toMatchObject({ value: { isPossible: true } });
  });

  it('is nothing for a desk that is a mailbox', async () => {
    const { handlers } = setUp({ fallback: null });
    expect(await handlers['fallback.get'](undefined)).toMatchObject({ value: { isPossible: false } });
    expect(await handlers['fallback.set']({ fallback: null, password: null })).toEqual(REFUSED);
    expect(await handlers['outbox.sendByEmail']({ ref })).toEqual(REFUSED);
  });
});

describe('a ticket that is asked for while the window is hidden', () => {
  it('counts as read when the window is shown', async () => {
    let visible = false;
    let tell: (visible: boolean) => void = () => undefined;
    const whenSeen = createWhenSeen({
      isVisible: () => visible,
      onVisibility: (listener) => {
        tell = listener;
        return () => undefined;
      },
    });
    const read: string[] = [];
    await whenSeen(async () => void read.push('1'));
    await whenSeen(async () => void read.push('2'));
    expect(read).toEqual([]);
    visible = true;
    tell(true);
    tell(true);
    expect(read).toEqual(['2']);
    await whenSeen(async () => void read.push('3'));
    expect(read).toEqual(['2', '3']);
  });
});
