import { describe, expect, it } from 'vitest';
import type { Announcement } from '@shared/domain/agreement';
import { joinedState, justOver, newsEvents, ongoingOutages } from '@shared/domain/outage';
import { outboxItem } from '../../support/samples';

const NOW = '2026-03-02T12:00:00.000Z';
const earlier = (hours: number): string => new Date(Date.parse(NOW) - hours * 60 * 60_000).toISOString();
const outage = (over: Partial<Announcement> = {}): Announcement => ({
  id: 'o1',
  at: earlier(40),
  severity: 'outage',
  title: 'Mail is down',
  text: '',
  endedAt: null,
  ...over,
});
const join = (state: Parameters<typeof outboxItem>[0] = {}) =>
  outboxItem({ write: { kind: 'join', announcementId: 'o1', title: 'Mail is down' }, ...state });

describe('newsEvents', () => {
  it('tells an outage for as long as it goes on, always under the same key', () => {
    const first = newsEvents([outage()], NOW);
    expect(first.map(({ kind }) => kind)).toEqual(['outage']);
    const changed = newsEvents([outage({ text: 'Still.', affected: 9 })], earlier(-100));
    expect(changed.map(({ dedupeKey }) => dedupeKey)).toEqual(first.map(({ dedupeKey }) => dedupeKey));
  });

  it('tells other news for a day', () => {
    expect(newsEvents([outage({ severity: 'info', at: earlier(23) })], NOW)).toHaveLength(1);
    expect(newsEvents([outage({ severity: 'info', at: earlier(25) })], NOW)).toHaveLength(0);
  });

  it('tells the end of an outage to those on its list, for a day', () => {
    const ended = { endedAt: earlier(1) };
    expect(newsEvents([outage(ended)], NOW)).toEqual([]);
    expect(newsEvents([outage({ ...ended, joined: true })], NOW).map(({ kind }) => kind)).toEqual(['over']);
    expect(newsEvents([outage({ endedAt: earlier(30), joined: true })], NOW)).toEqual([]);
  });
});

describe('joinedState', () => {
  it('goes by the board, else by what waits to be sent', () => {
    expect(joinedState(outage(), [])).toBe('no');
    expect(joinedState(outage({ joined: true }), [])).toBe('yes');
    expect(joinedState(outage(), [join()])).toBe('onTheWay');
    const receipt = { ticketId: 'o1', ticketNumber: '' };
    expect(joinedState(outage(), [join({ state: { kind: 'delivered', at: NOW, receipt } })])).toBe('yes');
    const fault = { kind: 'conflict', reason: 'closed' } as const;
    const refused = join({ state: { kind: 'needsAttention', fault, attempts: 1 } });
    expect(joinedState(outage(), [refused])).toBe('refused');
    expect(joinedState(outage({ id: 'o2' }), [join()])).toBe('no');
  });
});

it('an outage is ongoing until it ends, and just over for an hour for those on its list', () => {
  const over = outage({ id: 'o2', endedAt: earlier(0.5), joined: true });
  const all = [outage(), over, outage({ id: 'i', severity: 'info' })];
  expect(ongoingOutages(all).map(({ id }) => id)).toEqual(['o1']);
  expect(justOver(all, NOW).map(({ id }) => id)).toEqual(['o2']);
  expect(
    justOver(
      [
        { ...over, endedAt: earlier(2) },
        { ...over, joined: false },
      ],
      NOW,
    ),
  ).toEqual([]);
});
