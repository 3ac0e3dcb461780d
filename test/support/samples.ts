import { v7 } from 'uuid';
import type { SpooledFile } from '@shared/domain/attachment';
import { emptyIntake } from '@shared/domain/intake';
import type { OutboxItem, TicketTarget, Write } from '@shared/domain/outbox';

/** A fresh reference. */
export const ref = (): string => v7();

/** A file of the spool; give the hash of bytes that were put there where it matters. */
export const spooledFile = (sha256 = 'a'.repeat(64), name = 'screen.png'): SpooledFile => ({
  sha256,
  name,
  type: 'image/png',
  size: 3,
});

/** The filing of one problem. */
export const createWrite = (
  problem = 'The printer on floor 2 is silent',
  files: SpooledFile[] = [],
): Write => ({
  kind: 'create',
  summary: problem,
  intake: { ...emptyIntake(), problem },
  files,
});

/** A message for a ticket. */
export const messageWrite = (
  target: TicketTarget,
  text = 'It still is',
  files: SpooledFile[] = [],
): Write => ({
  kind: 'message',
  target,
  text,
  files,
});

/** Survey answers for a ticket. */
export const rateWrite = (target: TicketTarget): Write => ({
  kind: 'rate',
  target,
  answers: { overall: 5, time: 4, quality: 5, process: 4, people: 5 },
  comment: '',
});

/** An item as accepted just now. */
export const outboxItem = (over: Partial<OutboxItem> = {}): OutboxItem => {
  const id = over.ref ?? ref();
  return {
    ref: id,
    lane: id,
    sequence: 0,
    acceptedAt: '2026-03-02T08:00:00.000Z',
    write: createWrite(),
    state: { kind: 'queued', attempts: 0, notBefore: null, lastFault: null },
    ...over,
  };
};
