import { describe, expect, it } from 'vitest';
import { CALLS, CHANNEL_PREFIX, type CallName } from '@shared/channels';
import type { Envelope } from '@shared/contract';
import { ok } from '@shared/domain/result';
import { createIpc, type CallEvent, type Handlers } from '../../../src-main/ipc/guard';
import { StorageError } from '../../../src-main/platform/documents.types';
import { isOwnUrl } from '../../../src-main/shell/app-files';
import { quietLog } from '../../support/quiet-log';

const OWN = 'app://deskbell/index.html';
const ID = '01a2050b-1696-74f8-aec3-34a691e9ee36';

const fromWindow = (over: Partial<CallEvent> = {}): CallEvent => ({
  sender: { id: 7 },
  senderFrame: { url: OWN, parent: null },
  ...over,
});

function setUp(handlers: Partial<Handlers> = {}, over: { window?: boolean } = {}) {
  const channels = new Map<string, (event: CallEvent, request: unknown) => Promise<Envelope<unknown>>>();
  const sent: { channel: string; payload: unknown }[] = [];
  const asked: string[] = [];
  const log = quietLog();
  const all = Object.fromEntries(
    CALLS.map((name) => [
      name,
      () => {
        asked.push(name);
        return ok(undefined);
      },
    ]),
  ) as unknown as Handlers;
  const ipc = createIpc({
    raw: { handle: (channel, listener) => void channels.set(channel, listener) },
    page: () =>
      over.window === false
        ? null
        : { id: 7, send: (channel, payload) => void sent.push({ channel, payload }) },
    isOwnUrl: (url) => isOwnUrl(url, null),
    loadContract: () => import('@shared/contract'),
    checkAnswers: true,
    log,
    ids: { ref: () => ID },
  });
  ipc.handleAll(async () => ({ ...all, ...handlers }));
  const call = (name: CallName, request?: unknown, event: CallEvent = fromWindow()) =>
    channels.get(CHANNEL_PREFIX + name)!(event, request);
  return { ipc, channels, sent, asked, log, call };
}

describe('a call of the window', () => {
  it('reaches its handler and is answered', async () => {
    const { call } = setUp({ 'app.openExternal': () => ok(undefined) });
    expect(await call('app.openExternal', { url: 'https://example.com' })).toEqual({
      ok: true,
      value: undefined,
    });
  });

  it('is registered for every name of the contract and nothing else', () => {
    const { channels } = setUp();
    expect([...channels.keys()].sort()).toEqual(CALLS.map((name) => CHANNEL_PREFIX + name).sort());
  });

  it.each<[string, CallEvent]>([
    ['a frame that is gone', fromWindow({ senderFrame: null })],
    ['a frame inside the page', fromWindow({ senderFrame: { url: OWN, parent: {} } })],
    ['another origin', fromWindow({ senderFrame: { url: 'https://example.com/', parent: null } })],
    [
      'another host of our scheme',
      fromWindow({ senderFrame: { url: 'app://evil/index.html', parent: null } }),
    ],
    ['an empty page', fromWindow({ senderFrame: { url: '', parent: null } })],
    [
      'a page that imitates our address',
      fromWindow({ senderFrame: { url: 'https://app://deskbell/', parent: null } }),
    ],
    ['another window', fromWindow({ sender: { id: 8 } })],
  ])('is refused from %s, logged, and has no effect', async (_who, event) => {
    const { call, asked, log } = setUp();
    expect(await call('connection.signOut', undefined, event)).toEqual({
      ok: false,
      fault: { kind: 'refused' },
    });
    expect(asked).toEqual([]);
    expect(log.events).toEqual(['ipc.refused']);
  });

  it('is refused when there is no window at all', async () => {
    const { call, asked } = setUp({}, { window: false });
    expect(await call('app.state')).toEqual({ ok: false, fault: { kind: 'refused' } });
    expect(asked).toEqual([]);
  });

  it('is refused when the frame disappears while it is looked at', async () => {
    const frame = {
      parent: null,
      get url(): string {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      },
    };
    const { call } = setUp();
    expect(await call('app.state', undefined, fromWindow({ senderFrame: frame }))).toMatchObject({
      ok: false,
    });
  });

  it.each([
    ['tickets.get', { id: 5 }],
    ['tickets.get', undefined],
    ['app.openExternal', { url: 'x'.repeat(2001) }],
    ['settings.set', { settings: null }],
    ['app.state', { unexpected: true }],
    ['drafts.addFile', { draftId: ID, name: 'a', type: '', bytes: '/etc/passwd' }],
  ] as const)('is refused when the request does not fit: %s %j', async (name, request) => {
    const { call, asked, log } = setUp();
    expect(await call(name, request)).toEqual({ ok: false, fault: { kind: 'refused' } });
    expect(asked).toEqual([]);
    expect(log.events).toEqual(['ipc.refused']);
  });

  it('becomes an internal fault with an id when something unexpected happens', async () => {
    const { call, log } = setUp({
      'connection.signOut': () => {
        throw new Error('surprise');
      },
    });
    expect(await call('connection.signOut')).toEqual({ ok: false, fault: { kind: 'internal', id: ID } });
    expect(log.events).toEqual(['ipc.internal']);
  });

  it('says why something could not be stored', async () => {
    const { call } = setUp({ 'connection.signOut': () => Promise.reject(new StorageError('diskFull')) });
    expect(await call('connection.signOut')).toEqual({
      ok: false,
      fault: { kind: 'notStored', cause: 'diskFull' },
    });
  });

  it('does not pass an answer that breaks the contract', async () => {
    const { call } = setUp({ 'app.windowReady': () => ok({ route: { screen: 'nowhere' } } as never) });
    expect(await call('app.windowReady')).toMatchObject({ ok: false, fault: { kind: 'internal' } });
  });
});

describe('a push', () => {
  it('goes to the window under its channel', () => {
    const { ipc, sent } = setUp();
    ipc.push('app.navigate', { route: { screen: 'tickets' } });
    expect(sent).toEqual([{ channel: 'deskbell:app.navigate', payload: { route: { screen: 'tickets' } } }]);
  });

  it('is dropped without a window', () => {
    const { ipc, sent } = setUp({}, { window: false });
    ipc.push('app.navigate', { route: { screen: 'tickets' } });
    expect(sent).toEqual([]);
  });

  it('that breaks the contract is reported', async () => {
    const { ipc, log } = setUp();
    ipc.push('app.navigate', { route: { screen: 'nowhere' } } as never);
    await expect.poll(() => log.events).toEqual(['ipc.push']);
  });
});
