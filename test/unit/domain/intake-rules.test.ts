import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyJoinOrLeave, IntakeSchema, SINCE, type Intake } from '../../../src-shared/domain/intake';
import { checkIntake } from '../../../src-shared/domain/intake-rules';
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from '../../../src-shared/domain/primitives';
import { summarise } from '../../../src-shared/domain/text';
import { anIntake } from './builders';

const contact = { name: '', phone: '', email: '' };

describe('checkIntake', () => {
  it('needs nothing but the problem', () => {
    const result = checkIntake(anIntake({ problem: ' VPN drops.\r\nSince today.\u0000 ' }));
    expect(result).toEqual({
      ok: true,
      value: {
        summary: 'VPN drops. Since today',
        intake: anIntake({ problem: 'VPN drops.\nSince today.' }),
      },
    });
  });

  it.each(['', '  \n ', '\u200b', '\u0000'])('asks for the problem when it is %j', (problem) => {
    expect(checkIntake(anIntake({ problem }))).toEqual({
      ok: false,
      fault: [{ field: 'problem', problem: 'empty' }],
    });
  });

  it('names every text over its limit, in the order of the form, and cuts none', () => {
    const result = checkIntake(
      anIntake({
        problem: 'x'.repeat(200_000),
        lostFunction: 'x'.repeat(MAX_LINE_LENGTH + 1),
        contact: { ...contact, phone: '1'.repeat(MAX_LINE_LENGTH + 1) },
      }),
    );
    expect(result).toEqual({
      ok: false,
      fault: ['problem', 'lostFunction', 'contact'].map((field) => ({ field, problem: 'tooLong' })),
    });
  });

  it('counts what goes, not the spaces around it', () => {
    expect(checkIntake(anIntake({ problem: `${'x'.repeat(MAX_TEXT_LENGTH)}\n\n ` })).ok).toBe(true);
  });

  it('puts answers of one line on one line', () => {
    const result = checkIntake(anIntake({ lostFunction: ' invoices\r\n and  orders ' }));
    expect(result.ok && result.value.intake.lostFunction).toBe('invoices and orders');
  });

  it('needs the name and the day of somebody who joins', () => {
    const person = {
      ...emptyJoinOrLeave(),
      name: ' Priya\n Raman ',
      day: '2026-03-03',
      devices: ' A laptop ',
    };
    const joining = (over: object) =>
      checkIntake(
        anIntake({
          kind: 'joining',
          problem: 'Priya Raman joins on 3 March',
          person: { ...person, ...over },
        }),
      );
    expect(joining({})).toMatchObject({
      ok: true,
      value: {
        summary: 'Priya Raman joins on 3 March',
        intake: { kind: 'joining', person: { name: 'Priya Raman', devices: 'A laptop' } },
      },
    });
    const missing = { ok: false, fault: [{ field: 'person', problem: 'empty' }] };
    expect(joining({ name: ' ' })).toEqual(missing);
    expect(joining({ day: null })).toEqual(missing);
    expect(checkIntake(anIntake({ kind: 'leaving', person: null }))).toEqual(missing);
    expect(joining({ notes: 'x'.repeat(MAX_TEXT_LENGTH + 1) })).toEqual({
      ok: false,
      fault: [{ field: 'person', problem: 'tooLong' }],
    });
  });

  it('reads an intake from before there were other kinds', () => {
    const { kind: _kind, person: _person, ...old } = anIntake();
    expect(IntakeSchema.parse(old)).toEqual(anIntake());
  });

  it('finds every text too long that the schema finds too long, and no other', () => {
    const texts = (shape: object) =>
      Object.entries(shape).flatMap(([name, value]) => (value === '' ? [name] : []));
    const { contact: people, ...intake } = anIntake({ problem: '' });
    const joining = { ...emptyJoinOrLeave(), name: 'Priya', day: '2026-03-03' };
    const about = (text: string): Record<string, Intake> => ({
      ...Object.fromEntries(texts(intake).map((name) => [name, anIntake({ [name]: text })])),
      ...Object.fromEntries(
        texts(people).map((name) => [`contact ${name}`, anIntake({ contact: { ...contact, [name]: text } })]),
      ),
      ...Object.fromEntries(
        ['name', ...texts(joining)].map((name) => [
          `person ${name}`,
          anIntake({ kind: 'joining', person: { ...joining, [name]: text } }),
        ]),
      ),
      device: anIntake({ device: [{ key: 'os', value: text }] }),
    });
    for (const length of [MAX_LINE_LENGTH, MAX_LINE_LENGTH + 1, MAX_TEXT_LENGTH, MAX_TEXT_LENGTH + 1]) {
      for (const [name, draft] of Object.entries(about('x'.repeat(length)))) {
        expect([name, length, checkIntake(draft).ok]).toEqual([
          name,
          length,
          IntakeSchema.safeParse(draft).success,
        ]);
      }
    }
  });

  it('what passes fits the schema and keeps its summary', () => {
    const words = fc.string({ unit: 'binary', maxLength: 600 });
    const drafts = fc.record({
      problem: words,
      sinceText: words,
      triedText: words,
      since: fc.constantFrom(null, ...SINCE),
      contact: fc.record({ name: words, phone: words, email: words }),
    });
    fc.assert(
      fc.property(drafts, (draft) => {
        const result = checkIntake({ ...anIntake(), ...draft });
        if (!result.ok) return;
        expect(IntakeSchema.parse(result.value.intake)).toEqual(result.value.intake);
        expect(result.value.summary).toBe(summarise(draft.problem));
        expect(result.value.summary).not.toBe('');
      }),
    );
  });
});
