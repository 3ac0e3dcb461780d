import { describe, expect, it } from 'vitest';
import type { EmergencyWatch } from '../../../src-shared/domain/emergency-watch';
import { emptyIntake } from '../../../src-shared/domain/intake';
import type { OutboxItem } from '../../../src-shared/domain/outbox';
import type { Ticket } from '../../../src-shared/domain/ticket';
import { createEmergencies } from '../../../src-main/emergency/emergencies';
import { createManualClock } from '../../support/manual-clock';
import { createMemoryDisk } from '../../support/memory-documents';
import { quietLog } from '../../support/quiet-log';

const REF = '0195f3a0-0000-7000-8000-000000000001';
const MINUTE = 60_000;

const emergencyItem = (acceptedAt: string): OutboxItem => ({
  ref: REF,
  lane: REF,
  sequence: 1,
  acceptedAt,
  write: { kind: 'create', summary: 'Down', intake: { ...emptyIntake(), emergency: true }, files: [] },
  state: { kind: 'queued', attempts: 0, notBefore: null, lastFault: null },
});

/** A desk with one emergency in the outbox, and everything that can happen to it. */
function stage() {
  const disk = createMemoryDisk();
  const clock = createManualClock();
  let items: readonly OutboxItem[] = [emergencyItem(clock.now().toISOString())];
  let ticket: Partial<Ticket> | undefined;
  const listeners = new Set<() => void>();
  const reminded: EmergencyWatch[] = [];
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const open = () =>
    createEmergencies({
      documents: disk.documents,
      outbox: {
        items: () => items,
        onChange: (listener) => onChange(() => listener({ upserted: [], removed: [] })),
      },
      tickets: {
        findByRef: () => ticket as Ticket | undefined,
        onChange: (listener) => onChange(() => listener({ upserted: [], removed: [] })),
      },
      clock,
      log: quietLog(),
      confirmMinutes: () => 30,
      remind: (watch) => reminded.push(watch),
    });
  const tell = () => listeners.forEach((listener) => listener());
  return {
    clock,
    reminded,
    open,
    setItems: (next: readonly OutboxItem[]) => ((items = next), tell()),
    setTicket: (next: Partial<Ticket>) => ((ticket = next), tell()),
  };
}

const waiting: Partial<Ticket> = { step: 'created', closed: false, assignee: null, messages: [] };

describe('the clocks of emergencies', () => {
  it('remind after the agreed time and then every hour', async () => {
    const { clock, reminded, open } = stage();
    const emergencies = open();
    await emergencies.load();
    emergencies.start();
    await clock.pass(29 * MINUTE);
    expect(reminded).toHaveLength(0);
    await clock.pass(3 * MINUTE);
    expect(reminded).toHaveLength(1);
    await clock.pass(60 * MINUTE);
    expect(reminded).toHaveLength(2);
    await emergencies.close();
  });

  it('go on across a restart and never tell one reminder twice', async () => {
    const { clock, reminded, open } = stage();
    const first = open();
    await first.load();
    first.start();
    await clock.pass(31 * MINUTE);
    await first.close();
    const second = open();
    await second.load();
    second.start();
    await clock.pass(5 * MINUTE);
    expect(reminded).toHaveLength(1);
    expect(second.list()).toMatchObject([{ ref: REF, state: 'waiting', reminders: 1 }]);
    await second.close();
    await clock.pass(10 * 60 * MINUTE);
    const third = open();
    await third.load();
    third.start();
    await clock.pass(MINUTE);
    expect(reminded).toHaveLength(2);
    await third.close();
  });

  it('are silent once a person has confirmed, and not before', async () => {
    const { clock, reminded, open, setTicket, setItems } = stage();
    const emergencies = open();
    await emergencies.load();
    emergencies.start();
    setTicket(waiting);
    setItems([]);
    await clock.pass(31 * MINUTE);
    expect(reminded).toHaveLength(1);
    setTicket({ ...waiting, step: 'received' });
    await clock.pass(5 * 60 * MINUTE);
    expect(reminded).toHaveLength(1);
    expect(emergencies.list()).toMatchObject([{ state: 'confirmed' }]);
    setTicket({ ...waiting, step: 'resolved', closed: true });
    await clock.pass(MINUTE);
    expect(emergencies.list()).toEqual([]);
    await emergencies.close();
  });

  it.each(['reached', 'stopped'] as const)('end when the user says so: %s', async (because) => {
    const { clock, reminded, open } = stage();
    const emergencies = open();
    await emergencies.load();
    emergencies.start();
    await clock.pass(MINUTE);
    await emergencies.end(REF, because);
    await clock.pass(5 * 60 * MINUTE);
    expect(reminded).toHaveLength(0);
    expect(emergencies.list()).toMatchObject([{ state: because }]);
    await emergencies.close();
  });

  it('end with a ticket that was discarded before it left', async () => {
    const { clock, reminded, open, setItems } = stage();
    const emergencies = open();
    await emergencies.load();
    emergencies.start();
    await clock.pass(MINUTE);
    setItems([]);
    await clock.pass(60 * MINUTE);
    expect(reminded).toHaveLength(0);
    expect(emergencies.list()).toEqual([]);
    await emergencies.close();
  });
});
