import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SURVEY_QUESTIONS, SurveyAnswersSchema, type Rating } from '../../../src-shared/domain/survey';
import {
  askAgainAt,
  completeAnswers,
  isLowRating,
  surveyReminderDue,
  surveysWaiting,
  unanswered,
} from '../../../src-shared/domain/survey-rules';
import { aTicket, anItem, OTHER_REF, REF, WRITES } from './builders';

const ratings = fc.constantFrom<Rating>(1, 2, 3, 4, 5);
const partial = fc.record(Object.fromEntries(SURVEY_QUESTIONS.map((question) => [question, ratings])), {
  requiredKeys: [],
});

describe('answers of a survey', () => {
  it('are complete with all five, and never otherwise', () => {
    fc.assert(
      fc.property(partial, (answers) => {
        const result = completeAnswers(answers);
        expect(result.ok).toBe(unanswered(answers).length === 0);
        if (result.ok) expect(SurveyAnswersSchema.parse(result.value)).toEqual(answers);
        else expect(result.fault).toEqual(SURVEY_QUESTIONS.filter((question) => !(question in answers)));
      }),
    );
  });
});

describe('the reminder of a survey', () => {
  const closed = { updatedAt: '2026-03-02T12:00:00.000Z' };
  const after = (hours: number): string =>
    new Date(Date.parse(closed.updatedAt) + hours * 60 * 60_000).toISOString();

  it('comes after two days, and not after two weeks', () => {
    expect(
      [1, 47, 49, 13 * 24, 15 * 24].map((hours) => surveyReminderDue(closed, undefined, after(hours))),
    ).toEqual([false, false, true, true, false]);
  });

  it('comes when the user wanted to be asked again', () => {
    const later = askAgainAt(after(3));
    expect(surveyReminderDue(closed, later, after(26))).toBe(false);
    expect(surveyReminderDue(closed, later, after(28))).toBe(true);
  });
});

describe('isLowRating', () => {
  it('holds when any rating is 1 or 2, and for nothing else', () => {
    fc.assert(
      fc.property(partial, (answers) => {
        expect(isLowRating(answers)).toBe(Object.values(answers).some((rating) => Number(rating) <= 2));
      }),
    );
  });
});

describe('surveysWaiting', () => {
  const waiting = aTicket({
    id: 'a',
    ref: REF,
    closed: true,
    survey: 'waiting',
    updatedAt: '2026-03-02T10:00:00Z',
  });
  const later = aTicket({ id: 'b', closed: true, survey: 'waiting', updatedAt: '2026-03-02T10:00:00.500Z' });
  const rate = (target: { kind: 'board'; id: string } | { kind: 'outbox'; ref: string }) => [
    anItem({ write: { ...WRITES.rate, target } }),
  ];

  it('lists closed tickets that ask, the latest first', () => {
    const others = [
      aTicket({ id: 'c', survey: 'waiting' }),
      aTicket({ id: 'd', closed: true, survey: 'answered' }),
    ];
    expect(surveysWaiting([waiting, ...others, later], []).map(({ id }) => id)).toEqual(['b', 'a']);
  });
  it('leaves out what the user put aside', () => {
    expect(surveysWaiting([waiting, later], ['b'])).toEqual([waiting]);
  });
  it('leaves out what is answered in the outbox, by either name of the ticket', () => {
    expect(surveysWaiting([waiting], [], rate({ kind: 'board', id: 'a' }))).toEqual([]);
    expect(surveysWaiting([waiting], [], rate({ kind: 'outbox', ref: REF }))).toEqual([]);
    expect(surveysWaiting([waiting], [], rate({ kind: 'outbox', ref: OTHER_REF }))).toEqual([waiting]);
    expect(surveysWaiting([waiting], [], [anItem()])).toEqual([waiting]);
  });
});
