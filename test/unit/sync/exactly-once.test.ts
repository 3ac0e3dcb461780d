import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { createWrite, messageWrite, ref } from '../../support/samples';
import type { Trouble } from './support/fake-desk';
import { createWorld } from './support/world';

const HOUR = 60 * 60_000;
const fault = fc.constantFrom<DeskFault>(
  { kind: 'offline', cause: 'timeout' },
  { kind: 'serverFault', status: 503 },
  { kind: 'throttled', until: '2026-03-02T08:20:00.000Z' },
);
const doubt = fc.record({
  fault: fc.constantFrom<DeskFault>(
    { kind: 'ambiguous', cause: 'reset' },
    { kind: 'ambiguous', cause: 'timeout' },
    { kind: 'ambiguous', cause: 'badAnswer' },
  ),
  committed: fc.boolean(),
});
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fault.map((one) => ({ fault: one })),
  doubt,
);
const lookUp = fc.oneof(fault, fc.constant<DeskFault>({ kind: 'ambiguous', cause: 'badAnswer' }));

describe('exactly once', () => {
  it('holds on a board that recognises no repetition, through any faults and any number of restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
        fc.array(trouble, { maxLength: 12 }),
        fc.array(lookUp, { maxLength: 6 }),
        fc.array(fc.nat(10 * 60_000), { maxLength: 4 }),
        async (messages, troubles, lookUps, lives) => {
          let world = await createWorld();
          world.desk.writeTroubles.push(...troubles);
          world.desk.lookUpTroubles.push(...lookUps);
          const refs: string[] = [];
          for (const count of messages) {
            const create = ref();
            refs.push(create);
            await world.outbox.submit(create, create, createWrite());
            for (let at = 0; at < count; at += 1) {
              const id = ref();
              refs.push(id);
              await world.outbox.submit(
                id,
                create,
                messageWrite({ kind: 'outbox', ref: create }, String(at)),
              );
            }
          }
          world.sync.start();
          for (const life of lives) {
            await world.clock.advance(life);
            await world.sync.stop();
            world = await createWorld({ disk: world.disk, desk: world.desk, clock: world.clock });
            world.sync.start();
          }
          await world.clock.advance(24 * HOUR);
          await world.sync.stop();
          expect(refs.map((id) => world.desk.carriedOut.get(id))).toEqual(refs.map(() => 1));
          expect(world.outbox.items()).toEqual([]);
          const texts = [...world.desk.tickets.values()].map((ticket) =>
            ticket.messages.map(({ text }) => text),
          );
          expect(texts.every((all) => all.every((text, at) => text === String(at)))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});
