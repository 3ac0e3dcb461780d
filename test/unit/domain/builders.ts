import type { Agreement } from '../../../src-shared/domain/agreement';
import { emptyIntake, type Intake } from '../../../src-shared/domain/intake';
import type { ItemState, OutboxItem, Write } from '../../../src-shared/domain/outbox';
import type { Message, Staff, Step, StepEntry, Ticket } from '../../../src-shared/domain/ticket';

export const REF = '0197c2f0-0000-7000-8000-000000000001';
export const OTHER_REF = '0197c2f0-0000-7000-8000-000000000002';
/** A Monday, 9:42 in Detroit. */
export const MONDAY_MORNING = '2026-03-02T14:42:00.000Z';
export const DETROIT = 'America/Detroit';
export const HERE = { locale: 'en', timeZone: DETROIT };
export const JONAS: Staff = { name: 'Jonas Weber', role: 'engineer' };

export const anIntake = (over: Partial<Intake> = {}): Intake => ({
  ...emptyIntake(),
  problem: 'The scanner on floor 2 prints blank pages.',
  ...over,
});

export const aTicket = (over: Partial<Ticket> = {}): Ticket => ({
  id: 't-1',
  number: '4127',
  ref: null,
  summary: 'The scanner on floor 2 prints blank pages.',
  step: 'received',
  statusLabel: 'New',
  closed: false,
  withdrawn: false,
  emergency: false,
  visit: null,
  assignee: null,
  createdAt: '2026-03-02T14:00:00.000Z',
  updatedAt: '2026-03-02T14:01:00.000Z',
  question: null,
  survey: 'none',
  steps: [],
  messages: [],
  details: [],
  ...over,
});

export const stepAt = (step: Step, at: string, by: string | null = null): StepEntry => ({ step, at, by });

export const staffMessage = (id: string, at: string, text = 'Could you restart it?'): Message => ({
  id,
  ref: null,
  at,
  author: { kind: 'staff', staff: JONAS },
  text,
  attachments: [],
});

export const ownMessage = (id: string, at: string, text = 'I did.'): Message => ({
  ...staffMessage(id, at, text),
  author: { kind: 'requester', name: 'Priya Raman' },
});

export const anAgreement = (over: Partial<Agreement> = {}): Agreement => ({
  provider: 'Northside IT',
  customer: 'Harbour Tea',
  hours: {
    timeZone: DETROIT,
    week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
    holidays: [{ day: '2026-05-25', name: 'Memorial Day' }],
  },
  afterHours: 'included',
  kind: 'traditional',
  emergencyConfirmMinutes: 30,
  callSheet: [{ purpose: 'serviceDesk', name: 'Service desk', phone: '616 555 0140', email: '' }],
  covered: [],
  notCovered: [],
  standing: 'good',
  term: null,
  ...over,
});

export const QUEUED: ItemState = { kind: 'queued', attempts: 0, notBefore: null, lastFault: null };
const target = { kind: 'board', id: 't-1' } as const;
const answers = { overall: 5, time: 4, quality: 5, process: 4, people: 5 } as const;

export const WRITES = {
  create: { kind: 'create', summary: 'Scanner', intake: anIntake(), files: [] },
  message: { kind: 'message', target, text: 'I did.', files: [] },
  works: { kind: 'state', target, change: 'works', text: '' },
  stillBroken: { kind: 'state', target, change: 'stillBroken', text: 'Still blank.' },
  withdraw: { kind: 'state', target, change: 'withdraw', text: '' },
  rate: { kind: 'rate', target, answers, comment: '' },
} as const satisfies Record<string, Write>;

export const anItem = (over: Partial<OutboxItem> = {}): OutboxItem => ({
  ref: REF,
  lane: 'id:t-1',
  sequence: 0,
  acceptedAt: MONDAY_MORNING,
  write: WRITES.message,
  state: QUEUED,
  ...over,
});
