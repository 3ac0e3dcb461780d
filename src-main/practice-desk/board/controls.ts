import { randomUUID } from 'node:crypto';
import { emptyIntake } from '@shared/domain/intake';
import type { Agreement, Announcement } from '@shared/domain/agreement';
import { ok } from '@shared/domain/result';
import type { Person } from '@shared/board-api';
import type { Store, Transaction } from '../data/store';
import { ONLY_ROW, TOPICS, type TicketRecord, type Topic } from '../data/tables';
import { advance, type Target } from '../staff/advance';
import type { Scene } from '../staff/script';
import type { Words } from '../staff/words';
import type { DeskClock } from '../types';
import { saveTicket, type Board } from './board';
import type { PlanDeps } from './plan';
import { changeState, file, message, rate, type Occurrence } from './writes';

/** What a test can change or look up beyond what staff and users do. */
export interface Controls {
  changeAgreement(change: { [K in keyof Agreement]?: Agreement[K] | undefined }): Promise<Agreement>;
  setAnnouncements(announcements: readonly Announcement[]): Promise<readonly Announcement[]>;
  /** Announces an outage as the desk would, with a few who called before; or ends those that go on. */
  setOutage(isOn: boolean): Promise<void>;
  /** Sets the desk's time where its clock allows that; gives the time it is now. */
  setClock(at: Date): Date;
  /** How often each idempotency key was carried out, counted from what is on tickets and announcements. */
  countWrites(): Record<string, number>;
  /** Makes tickets in all states for a person, the oldest first. */
  seed(person: Person, count: number): Promise<void>;
}

const SEEDS_PER_TRANSACTION = 200;
const HOUR_MS = 3_600_000;

/** The controls of a desk. */
export function createControls(deps: {
  store: Store;
  board: Board;
  words: Words;
  clock: DeskClock;
}): Controls {
  const { store, board, clock } = deps;
  return {
    async changeAgreement(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      await store.transact((tx) => {
        const agreement = { ...board.agreement(), ...given };
        tx.put('agreement', ONLY_ROW, { sequence: tx.nextSequence(), agreement });
        return ok(null);
      });
      return board.agreement();
    },
    async setAnnouncements(announcements) {
      await store.transact((tx) => {
        const affected = [...(tx.get('announcements', ONLY_ROW)?.affected ?? [])];
        const sequence = tx.nextSequence();
        tx.put('announcements', ONLY_ROW, { sequence, announcements: [...announcements], affected });
        return ok(null);
      });
      return store.table('announcements').get(ONLY_ROW)?.announcements ?? [];
    },
    async setOutage(isOn) {
      const now = clock.now().toISOString();
      const { t } = deps.words;
      await store.transact((tx) => {
        const before = tx.get('announcements', ONLY_ROW);
        const all = before?.announcements ?? [];
        const isOngoing = (one: Announcement): boolean => one.severity === 'outage' && one.endedAt === null;
        if (all.some(isOngoing) === isOn) return ok(null);
        const announcements = isOn
          ? [...all.slice(-MOST_KEPT), outageOf(randomUUID(), now, t)]
          : all.map((one) => (isOngoing(one) ? { ...one, endedAt: now } : one));
        const affected = [...(before?.affected ?? [])];
        tx.put('announcements', ONLY_ROW, { sequence: tx.nextSequence(), announcements, affected });
        return ok(null);
      });
    },
    setClock(at) {
      clock.set?.(at);
      return clock.now();
    },
    countWrites() {
      const counts: Record<string, number> = {};
      for (const { writes } of store.table('ticket').values()) {
        for (const ref of writes) counts[ref] = (counts[ref] ?? 0) + 1;
      }
      for (const { ref } of store.table('announcements').get(ONLY_ROW)?.affected ?? [])
        counts[ref] = (counts[ref] ?? 0) + 1;
      return counts;
    },
    async seed(person, count) {
      const start = clock.now().getTime() - count * HOUR_MS;
      const agreement = board.agreement();
      for (let first = 0; first < count; first += SEEDS_PER_TRANSACTION) {
        await store.transact((tx) => {
          const last = Math.min(count, first + SEEDS_PER_TRANSACTION);
          for (let index = first; index < last; index += 1) {
            seedOne(tx, {
              person,
              index,
              at: new Date(start + index * HOUR_MS),
              agreement,
              words: deps.words,
            });
          }
          return ok(null);
        });
      }
    },
  };
}

/** Earlier announcements that stay when a new one comes. */
const MOST_KEPT = 9;
/** How many called the practice desk before it told everybody. */
const CALLED_BEFORE = 4;

const outageOf = (id: string, at: string, t: Words['t']): Announcement => ({
  id,
  at,
  severity: 'outage',
  title: t('practice:outage.title'),
  text: t('practice:outage.text'),
  endedAt: null,
  affected: CALLED_BEFORE,
});

/** How far a seeded ticket has come; most of a long list is done. */
const JOURNEYS = [
  'rated',
  'closed',
  'rated',
  'withdrawn',
  'resolved',
  'question',
  'working',
  'assigned',
  'received',
  'created',
] as const;
type Journey = (typeof JOURNEYS)[number];

interface Seed {
  readonly person: Person;
  readonly index: number;
  readonly at: Date;
  readonly agreement: Agreement;
  readonly words: Words;
}

/** Seeded tickets stay as they are: nobody works on them by themselves. */
const STILL: Omit<PlanDeps, 'hours'> = { pace: 'manual', random: () => 0 };

function seedOne(tx: Transaction, { person, index, at, agreement, words }: Seed): void {
  const topic: Topic = TOPICS[index % TOPICS.length] ?? 'other';
  const journey: Journey = JOURNEYS[index % JOURNEYS.length] ?? 'created';
  const summary = words.t('practice:seed.numbered', {
    summary: words.t(`practice:seed.${topic}`),
    index: String(index + 1),
  });
  const occurrence = (): Occurrence => ({ ref: randomUUID(), person, at, words, newId: () => randomUUID() });
  const scene: Scene = { at, words, agreement, newId: () => randomUUID(), note: () => null };
  const content = {
    id: randomUUID(),
    number: String(tx.nextNumber()),
    summary,
    intake: { ...emptyIntake(), problem: words.t(`practice:seed.${topic}`) },
    attachments: [],
  };
  const filed = { ...file(content, occurrence(), agreement.hours.timeZone), topic };
  const record = travel(filed, journey, scene, occurrence);
  saveTicket(tx, null, record, at, { ...STILL, hours: agreement.hours });
}

function travel(
  record: TicketRecord,
  journey: Journey,
  scene: Scene,
  occurrence: () => Occurrence,
): TicketRecord {
  const to = (from: TicketRecord, target: Target): TicketRecord => {
    const moved = advance(from, target, scene);
    return moved.ok ? moved.value : from;
  };
  switch (journey) {
    case 'created':
      return record;
    case 'received':
    case 'assigned':
    case 'working':
    case 'question':
    case 'resolved':
      return to(record, journey);
    case 'withdrawn': {
      const withdrawn = changeState(to(record, 'assigned'), { change: 'withdraw', text: '' }, occurrence());
      return withdrawn.ok ? withdrawn.value : record;
    }
    case 'closed':
    case 'rated': {
      const answered = message(to(record, 'question'), { text: '…', attachments: [] }, occurrence());
      const solved = to(answered.ok ? { ...answered.value, courtesy: null } : record, 'resolved');
      const closed = changeState(solved, { change: 'works', text: '' }, occurrence());
      if (!closed.ok || journey === 'closed') return closed.ok ? closed.value : solved;
      const answers = { overall: 5, time: 4, quality: 5, process: 4, people: 5 } as const;
      const rated = rate(closed.value, { answers, comment: '' }, occurrence());
      return rated.ok ? rated.value : closed.value;
    }
  }
}
