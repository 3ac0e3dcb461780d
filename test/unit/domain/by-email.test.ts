import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emailInstead,
  emailOffer,
  emailReceipt,
  insteadLanes,
  keptEmailLanes,
  SENT_BY_EMAIL_KEPT_MS,
  takenByEmail,
} from '@shared/domain/by-email';
import type { DeskFault } from '@shared/domain/fault';
import { offeredAt } from '@shared/domain/fallback';
import { ItemStateSchema, OutboxItemSchema, type ItemState, type OutboxItem } from '@shared/domain/outbox';
import * as rules from '@shared/domain/outbox-rules';
import { createWrite, messageWrite, outboxItem, ref } from '../../support/samples';

const NOW = new Date('2026-03-02T08:42:00.000Z');
const AT = NOW.toISOString();
const half = () => 0.5;
const faults: readonly DeskFault[] = [
  { kind: 'offline', cause: 'unreachable' },
  { kind: 'ambiguous', cause: 'reset' },
  { kind: 'authExpired' },
  { kind: 'rejected', message: '', fields: [] },
  { kind: 'serverFault', status: 503 },
  { kind: 'conflict', reason: 'duplicate' },
  { kind: 'conflict', reason: 'closed' },
];
const anyFault = fc.constantFrom(...faults);
const anyState: fc.Arbitrary<ItemState> = fc.oneof(
  fc
    .option(anyFault, { nil: null })
    .map((lastFault): ItemState => ({ kind: 'queued', attempts: 2, notBefore: null, lastFault })),
  fc.constant<ItemState>({ kind: 'sending', attempts: 0, startedAt: AT, lastFault: null }),
  anyFault.map((fault): ItemState => ({ kind: 'needsAttention', fault, attempts: 1 })),
  fc
    .option(anyFault, { nil: null })
    .map((lastFault): ItemState => ({ kind: 'held', reason: 'signedOut', attempts: 1, lastFault })),
  fc.constant<ItemState>({ kind: 'delivered', at: AT, receipt: { ticketId: '7', ticketNumber: '7' } }),
  fc.constant<ItemState>({ kind: 'delivered', at: AT, receipt: emailReceipt(ref()) }),
);
const anyItem: fc.Arbitrary<OutboxItem> = fc
  .record({ state: anyState, isCreate: fc.boolean(), isTaken: fc.boolean() })
  .map(({ state, isCreate, isTaken }) =>
    outboxItem({
      state,
      write: isCreate ? createWrite() : messageWrite({ kind: 'board', id: '7' }),
      ...(isTaken && isCreate ? { via: 'email' as const } : {}),
    }),
  );
const away = { deskAddress: 'help@desk.example', awaySince: AT, isOffered: true };

describe('what may have arrived and cannot be looked up', () => {
  it('needs the user whatever it was, and stays so until the user has decided', () => {
    fc.assert(
      fc.property(anyState, anyFault, (before, fault) => {
        const state = rules.settle(before, { kind: 'needsUser', fault }, NOW, half);
        if (before.kind === 'delivered') {
          expect(state).toBe(before);
          return;
        }
        expect(state).toMatchObject({ kind: 'needsAttention', fault });
        expect(rules.isUndecided(state)).toBe(fault.kind === 'ambiguous');
        expect(rules.woken(rules.recovered(state))).toBe(state);
      }),
    );
  });

  it('is sent again or counted as sent by the user alone, and only if it is open', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const again = rules.sentAgain(state);
        const arrived = rules.arrived(state, emailReceipt(ref()), NOW);
        expect([again !== null, arrived !== null]).toEqual([
          rules.isUndecided(state),
          rules.isUndecided(state),
        ]);
        if (again) expect([again.kind, rules.mayHaveArrived(again)]).toEqual(['queued', false]);
        if (arrived) expect(ItemStateSchema.parse(arrived).kind).toBe('delivered');
        // Not by the button that is there for everything else.
        if (rules.isUndecided(state)) expect(rules.canSendNow({ state })).toBe(false);
        const now = rules.sentNow(state);
        if (now && rules.isUndecided(state)) expect(rules.mayHaveArrived(now)).toBe(true);
      }),
    );
  });
});

describe('e-mail instead', () => {
  it('takes nothing that the board may have, and nothing that is no ticket', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const taken = takenByEmail(item);
        expect(taken !== null).toBe(emailInstead(item) === 'yes');
        if (taken === null) return;
        expect(rules.mayHaveArrived(item.state)).toBe(false);
        expect([item.write.kind, item.via]).toEqual(['create', undefined]);
        expect(OutboxItemSchema.parse(taken)).toEqual(taken);
        expect(emailInstead(taken)).toBe('no');
        expect(insteadLanes([taken])).toEqual(new Set([item.lane]));
      }),
    );
  });

  it('is offered while the board is away for long, and for what the board refused', () => {
    const waiting = outboxItem();
    const refused = outboxItem({
      state: { kind: 'needsAttention', attempts: 1, fault: { kind: 'rejected', message: '', fields: [] } },
    });
    const doubtful = outboxItem({
      state: {
        kind: 'queued',
        attempts: 1,
        notBefore: null,
        lastFault: { kind: 'ambiguous', cause: 'reset' },
      },
    });
    const near = { ...away, isOffered: false };
    const offers = (fallback: typeof away | null) =>
      [waiting, refused, doubtful].map((item) => emailOffer(item, fallback));
    expect(offers(away)).toEqual(['offered', 'offered', 'inDoubt']);
    expect(offers(near)).toEqual(['none', 'offered', 'none']);
    expect(offers(null)).toEqual(['none', 'none', 'none']);
  });

  it('comes after as long as the user has chosen', () => {
    expect(offeredAt({ offerAfterMinutes: 15 }, NOW)?.toISOString()).toBe('2026-03-02T08:57:00.000Z');
    expect(offeredAt({ offerAfterMinutes: null }, NOW)).toBeNull();
    expect(offeredAt({ offerAfterMinutes: 15 }, null)).toBeNull();
  });
});

describe('what was sent by e-mail', () => {
  const sent = (lane: string, at: Date, over: Partial<OutboxItem> = {}): OutboxItem =>
    outboxItem({
      lane,
      state: { kind: 'delivered', at: at.toISOString(), receipt: emailReceipt(lane) },
      ...over,
    });
  const ago = (ms: number) => new Date(NOW.getTime() - ms);

  it('stays 90 days after the last of it, and as long as something of it waits', () => {
    const [old, followed, waiting, young] = [ref(), ref(), ref(), ref()];
    const message = (lane: string) => messageWrite({ kind: 'board', id: lane });
    const items = [
      sent(old, ago(SENT_BY_EMAIL_KEPT_MS)),
      sent(followed, ago(2 * SENT_BY_EMAIL_KEPT_MS)),
      sent(followed, ago(1000), { write: message(followed) }),
      sent(waiting, ago(2 * SENT_BY_EMAIL_KEPT_MS)),
      outboxItem({ lane: waiting, write: message(waiting) }),
      sent(young, ago(SENT_BY_EMAIL_KEPT_MS - 1)),
    ];
    expect(keptEmailLanes(items, NOW)).toEqual(new Set([followed, waiting, young]));
  });

  it('is apart from what the board has', () => {
    const board = outboxItem({
      state: { kind: 'delivered', at: AT, receipt: { ticketId: '7', ticketNumber: '7' } },
    });
    expect(keptEmailLanes([board], NOW)).toEqual(new Set());
  });
});
