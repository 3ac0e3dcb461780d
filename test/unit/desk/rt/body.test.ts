import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtFieldsSchema } from '@shared/domain/board';
import { emptyIntake, type Intake } from '@shared/domain/intake';
import { cleanText } from '@shared/domain/text';
import { createBoardWords } from '../../../../src-main/desk/rt/body';
import { filingFields } from '../../../../src-main/desk/rt/fields';
import { REF } from '../support/connector';

const words = createBoardWords();
const intake = (over: Partial<Intake>): Intake => ({ ...emptyIntake(), ...over });
const text = () => fc.string({ unit: 'grapheme', maxLength: 80 });

describe('what Deskbell writes to a board', () => {
  it('is the problem, and below a rule the answers of the form in a block', () => {
    const body = words.body(
      intake({
        problem: 'The printer is silent.\n',
        since: 'today',
        affected: 'few',
        affectedText: '5 in accounting',
        triedText: 'Another cable\nAnother tray',
        emergency: true,
      }),
    );
    expect(body).toBe(
      [
        'The printer is silent.',
        '',
        '-'.repeat(60),
        'Emergency:           Yes, and asked to call as well',
        'Since when:          Today',
        'Who is affected:     A few of us: 5 in accounting',
        'What else was tried: Another cable',
        '                     Another tray',
      ].join('\n'),
    );
  });

  it('is the problem alone where nothing else was said', () => {
    expect(words.body(intake({ problem: 'Silent' }))).toBe('Silent');
  });

  it('is read back as it was said', () => {
    const answers = fc.record({
      problem: text(),
      triedText: text(),
      recentChange: fc.array(text(), { maxLength: 3 }).map((lines) => lines.join('\n')),
      emergency: fc.boolean(),
    });
    fc.assert(
      fc.property(answers, (said) => {
        const body = words.body(intake(said));
        const parts = words.parts(body);
        expect(parts.emergency).toBe(said.emergency);
        expect(parts.text).toBe(cleanText(said.problem).trim());
        const tried = parts.rows.find(({ label }) => label === 'What else was tried')?.value ?? '';
        const squeezed = (one: string) => one.replace(/\s+/g, ' ').trim();
        expect(squeezed(tried)).toBe(squeezed(cleanText(said.triedText)));
      }),
    );
  });

  it.each([
    ['a mail', 'Hello,\n\nthe printer: silent.\n\nBob'],
    ['a rule without a block', `Hello\n${'-'.repeat(60)}\nno row here`],
    ['a rule at the end', `Hello\n${'-'.repeat(60)}\n`],
  ])('leaves %s as it is', (_what, body) => {
    expect(words.parts(body)).toEqual({ text: body.trim(), rows: [], emergency: false });
  });

  it('does not take a problem that has a block of its own for the answers', () => {
    const problem = `Forwarded:\n${'-'.repeat(60)}\nSince when: never`;
    const body = words.body(intake({ problem, since: 'today' }));
    expect(words.parts(body)).toMatchObject({
      text: problem,
      rows: [{ label: 'Since when', value: 'Today' }],
    });
  });
});

describe('the fields of a ticket', () => {
  const FIELDS = RtFieldsSchema.parse({});
  const of = (over: Partial<Intake>, fields = FIELDS) => filingFields(intake(over), REF, fields);

  it('hold the key, and nothing that was not said', () => {
    expect(of({})).toEqual({ ClientRequestId: REF });
    expect(of({ impact: 'stopped' }, { ...FIELDS, ref: null, impact: null })).toEqual({});
  });

  it.each([
    [{ impact: 'stopped' }, { Impact: 'Cannot work' }],
    [{ impact: 'slower' }, { Impact: 'Work is slowed' }],
    [{ impact: 'annoying' }, { Impact: 'Annoyance' }],
    [{ affected: 'me' }, { PeopleAffected: '1' }],
    [{ affected: 'few', affectedText: 'about 12, maybe 15' }, { PeopleAffected: '12' }],
    [{ affected: 'few', affectedText: 'a handful' }, {}],
    [{ affected: 'few', affectedText: 'number 1234567' }, {}],
    [{ affected: 'everyone', affectedText: '' }, {}],
    [{ workaround: 'none' }, { Workaround: 'None' }],
    [{ workaround: 'some', workaroundText: ' By hand ' }, { Workaround: 'By hand' }],
    [{ workaround: 'unknown' }, {}],
    [{ since: 'today' }, {}],
    [{ kind: 'joining', impact: 'stopped' }, {}],
  ] as const)('of %j are %j', (said, fields) => {
    expect(of(said)).toEqual({ ClientRequestId: REF, ...fields });
  });

  it('say "just now" as the moment at which the writing began', () => {
    // RFC 9562, appendix A.6.
    const key = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
    const fields = filingFields(intake({ since: 'justNow' }), key, FIELDS);
    expect(fields['StartedAt']).toBe('2022-02-22T19:22:22Z');
    const random = '919108f7-52d1-4320-9bac-f847db4148a8';
    expect(filingFields(intake({ since: 'justNow' }), random, FIELDS)['StartedAt']).toBeUndefined();
  });
});
