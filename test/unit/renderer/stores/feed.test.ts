// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useAppStore } from '../../../../src-renderer/stores/app-store';
import { useNavigation } from '../../../../src-renderer/stores/navigation';
import { useOutboxStore } from '../../../../src-renderer/stores/outbox-store';
import { saveSettings, useSettingsStore } from '../../../../src-renderer/stores/small-stores';
import { openTicket, useTicketStore } from '../../../../src-renderer/stores/ticket-store';
import { aTicket, createFakeMain, type FakeMain } from '../fake-main';
import { startStage } from '../stage';

let main: FakeMain;
let stop: () => void;
const start = () => {
  Object.assign(window, { deskbell: main.bridge });
  stop = startStage();
};

beforeEach(() => {
  main = createFakeMain({ tickets: [aTicket(), aTicket({ id: 't-2', number: '2' })] });
});
afterEach(() => stop());

describe('the feed', () => {
  it('fills the stores', async () => {
    start();
    await vi.waitFor(() => expect(useTicketStore.getState().tickets.size).toBe(2));
    expect(useAppStore.getState().app?.version).toBe('0.1.0');
    expect(useOutboxStore.getState().phase).toBe('ready');
  });

  it('asks again when something changed while the list was on its way', async () => {
    const release = main.hold('tickets.list');
    start();
    main.push('tickets.changed', {
      upserted: [aTicket({ summary: 'Newer' })],
      removed: [],
      dismissedSurveys: [],
      syncedAt: null,
    });
    release();
    await vi.waitFor(() => expect(useTicketStore.getState().phase).toBe('ready'));
    expect(main.count('tickets.list')).toBe(2);
  });

  it('takes changes, removals and dismissed surveys', async () => {
    start();
    await vi.waitFor(() => expect(useTicketStore.getState().tickets.size).toBe(2));
    await openTicket('t-2');
    main.push('tickets.changed', {
      upserted: [aTicket({ summary: 'Changed' })],
      removed: ['t-2'],
      dismissedSurveys: ['t-9'],
      syncedAt: '2026-03-02T16:00:00.000Z',
    });
    const { tickets, whole, dismissedSurveys, syncedAt } = useTicketStore.getState();
    expect([...tickets.values()].map((ticket) => ticket.summary)).toEqual(['Changed']);
    expect([whole.has('t-2'), dismissedSurveys.has('t-9'), syncedAt]).toEqual([
      false,
      true,
      '2026-03-02T16:00:00.000Z',
    ]);
  });

  it('says that a list failed, and that main is lost when not even the state comes', async () => {
    main.fail('tickets.list', { kind: 'internal', id: 'x' });
    main.fail('app.state', { kind: 'internal', id: 'x' });
    start();
    await vi.waitFor(() => expect(useTicketStore.getState().phase).toBe('failed'));
    await vi.waitFor(() => expect(useAppStore.getState().isLost).toBe(true));
  });

  it('goes where main says', () => {
    start();
    main.push('app.navigate', { route: { screen: 'settings' } });
    expect(useNavigation.getState().route).toEqual({ screen: 'settings' });
  });

  it('keeps the latest whole tickets only', async () => {
    start();
    for (let n = 0; n < 30; n += 1) main.push('ticket.changed', aTicket({ id: `w-${n}` }));
    expect([...useTicketStore.getState().whole.keys()].at(-1)).toBe('w-29');
    expect(useTicketStore.getState().whole.size).toBe(20);
  });

  it('forgets the progress of what is no longer being sent', () => {
    start();
    const item = {
      ref: '0195a000-0000-7000-8000-000000000001',
      lane: 'id:t-1',
      sequence: 1,
      acceptedAt: '2026-03-02T16:00:00.000Z',
      write: {
        kind: 'message' as const,
        target: { kind: 'board' as const, id: 't-1' },
        text: 'Hi',
        files: [],
      },
    };
    const sending = { ...item, state: { kind: 'sending' as const, attempts: 1, startedAt: item.acceptedAt } };
    main.push('outbox.changed', {
      upserted: [sending],
      removed: [],
      progress: [{ ref: item.ref, sent: 1, total: 4 }],
    });
    expect(useOutboxStore.getState().progress.get(item.ref)).toEqual({ sent: 1, total: 4 });
    const queued = {
      ...item,
      state: { kind: 'queued' as const, attempts: 1, notBefore: null, lastFault: null },
    };
    main.push('outbox.changed', { upserted: [queued], removed: [], progress: [] });
    expect(useOutboxStore.getState().progress.size).toBe(0);
  });
});

describe('settings', () => {
  it('show at once and go back when they could not be stored', async () => {
    start();
    await vi.waitFor(() => expect(useSettingsStore.getState().settings).not.toBeNull());
    const before = useSettingsStore.getState().settings!;
    main.fail('settings.set', { kind: 'notStored', cause: 'diskFull' });
    const saving = saveSettings({ ...before, theme: 'dark' });
    expect(useSettingsStore.getState().settings?.theme).toBe('dark');
    expect(await saving).toBe(false);
    expect(useSettingsStore.getState().settings).toEqual(before);
  });
});
