import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PARTS, SplitPartSchema, type TicketDraft } from '@shared/domain/draft';
import { namesOfParts } from '@shared/domain/problem-names';
import { joinAll, joinWithPrevious, removePart, splitDraft } from '@shared/domain/split-draft';
import { partDrafts } from '../../../src-main/drafts/parts';
import { ref, spooledFile } from '../../support/samples';
import { anIntake } from './builders';

const FILES = ['a', 'b', 'c'].map((letter) => spooledFile(letter.repeat(64), `${letter}.png`));
const AT = '2026-03-02T08:00:00.000Z';

function draftOf(texts: readonly string[], files = FILES): TicketDraft {
  const intake = anIntake({ impact: 'stopped', lostFunction: 'ship', since: 'today', emergency: true });
  const whole: TicketDraft = { id: ref(), createdAt: AT, updatedAt: AT, kind: 'ticket', intake, files };
  return { ...whole, split: splitDraft(whole, texts, ref) };
}

const texts = fc.array(
  fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
  {
    minLength: 2,
    maxLength: 30,
  },
);
const wordsOf = (all: readonly string[]): string => all.join('').replace(/\s/g, '');
const filesIn = (draft: TicketDraft): Set<string> =>
  new Set((partDrafts(draft) ?? []).flatMap(({ files }) => files.map(({ sha256 }) => sha256)));

describe('splitting a draft', () => {
  it('loses no text and no file, and gives every part a key of its own', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const draft = draftOf(all);
        const parts = draft.split ?? [];
        expect(parts.length).toBe(Math.min(all.length, MAX_PARTS));
        expect(wordsOf(parts.map(({ problem }) => problem))).toBe(wordsOf(all));
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
        parts.forEach((part) => SplitPartSchema.parse(part));
        expect(filesIn(draft).size).toBe(FILES.length);
      }),
    );
  });

  it('copies what is the same, and leaves impact, way around and emergency with the first', () => {
    const [first, second] = partDrafts(draftOf(['The VPN drops.', 'The printer jams.'])) ?? [];
    expect(first?.intake).toMatchObject({ since: 'today', impact: 'stopped', emergency: true });
    expect(second?.intake).toMatchObject({
      since: 'today',
      impact: null,
      lostFunction: '',
      workaround: null,
      emergency: false,
      problem: 'The printer jams.',
    });
    expect(first?.files).toHaveLength(3);
    expect(second?.files).toHaveLength(0);
  });

  it('sends a file that no part wants with the first, and one that several want with each', () => {
    const draft = draftOf(['one', 'two']);
    const [one, two] = draft.split ?? [];
    if (!one || !two) throw new Error('two parts');
    const [a, b] = FILES.map(({ sha256 }) => sha256);
    const parts = partDrafts({
      ...draft,
      split: [
        { ...one, files: [a ?? ''] },
        { ...two, files: [a ?? ''] },
      ],
    });
    expect(parts?.[0]?.files).toHaveLength(3);
    expect(parts?.[1]?.files.map(({ sha256 }) => sha256)).toEqual([a]);
    expect(b).toBeDefined();
  });
});

describe('changing the cuts', () => {
  it('joins two without losing text, answers or files; joined to one it is the draft again', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (all, at) => {
        const draft = draftOf(all);
        const count = draft.split?.length ?? 0;
        const joined = joinWithPrevious(draft, 1 + (at % (count - 1)));
        if (count > 2) {
          expect(joined.split).toHaveLength(count - 1);
          expect(wordsOf((joined.split ?? []).map(({ problem }) => problem))).toBe(wordsOf(all));
          expect(filesIn({ ...draft, ...joined }).size).toBe(FILES.length);
        } else {
          expect(joined.split).toBeUndefined();
          expect(wordsOf([joined.intake.problem])).toBe(wordsOf(all));
          expect(joined.intake.impact).toBe('stopped');
        }
        const whole = joinAll(draft);
        expect(whole.split).toBeUndefined();
        expect(wordsOf([whole.intake.problem])).toBe(wordsOf(all));
      }),
    );
  });

  it('removes one with its text, keeps its files, and is no split any more when one is left', () => {
    const draft = draftOf(['first', 'second', 'third']);
    const left = removePart(draft, 0);
    expect(left.split?.map(({ problem }) => problem)).toEqual(['second', 'third']);
    expect(filesIn({ ...draft, ...left }).size).toBe(FILES.length);
    const last = removePart({ ...draft, ...left }, 0);
    expect(last.split).toBeUndefined();
    expect(last.intake.problem).toBe('third');
  });
});

describe('namesOfParts', () => {
  const of = (...parts: string[]) => namesOfParts(parts.map((text) => ({ text })));
  it('names what each part is about in the writer’s words', () => {
    expect(of('The VPN drops all the time.', 'Also I need Acrobat Pro.')).toEqual(['VPN', 'Acrobat']);
    expect(of('Der Drucker druckt nicht.', 'Außerdem ist mein Bildschirm schwarz.')).toEqual([
      'Drucker',
      'Bildschirm',
    ]);
  });
  it('names nothing rather than the same twice', () => {
    expect(of('The printer jams.', 'The printer is slow.')).toBeNull();
    expect(of('It is odd.', 'So is this.')).toBeNull();
  });
});
