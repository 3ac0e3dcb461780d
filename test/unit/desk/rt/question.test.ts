import { describe, expect, it } from 'vitest';
import type { Message } from '@shared/domain/ticket';
import { openQuestion } from '../../../../src-main/desk/rt/question';

const message = (id: string, by: 'requester' | 'staff', text: string): Message => ({
  id,
  ref: null,
  at: '2026-03-02T08:00:00.000Z',
  author:
    by === 'staff'
      ? { kind: 'staff', staff: { name: 'Erin', role: 'engineer' } }
      : { kind: 'requester', name: 'Alice' },
  text,
  attachments: [],
});
const first = message('create', 'requester', 'Does the printer work?');

describe('the question that waits', () => {
  it.each([
    ['a question mark', 'Which floor?'],
    ['one in the middle', 'Which floor? I am on my way.'],
    ['one of another script', '\u54EA\u4E00\u5C42\uFF1F'],
    ['an Arabic one', '\u0623\u064A \u0637\u0627\u0628\u0642\u061F'],
    ['one beside an address', 'See https://x.example/?a=1 \u2013 does that help?'],
  ])('is the desk’s last word with %s', (_what, text) => {
    expect(openQuestion([first, message('2', 'staff', text)], true)).toEqual({
      messageId: '2',
      quickAnswers: [],
    });
  });

  it.each([
    ['a statement', 'I replaced the toner.'],
    ['only an address with a question mark', 'See https://x.example/?a=1'],
    ['only a quotation that asked', '> Does the printer work?\nIt does now.'],
    ['nothing', ''],
  ])('is not %s', (_what, text) => {
    expect(openQuestion([first, message('2', 'staff', text)], true)).toBeNull();
  });

  it('is answered by any word of the requester, and gone when the ticket is not open', () => {
    const asked = [first, message('2', 'staff', 'Which floor?')];
    expect(openQuestion([...asked, message('3', 'requester', 'Why?')], true)).toBeNull();
    expect(openQuestion(asked, false)).toBeNull();
    expect(openQuestion([first], true)).toBeNull();
    expect(openQuestion([], true)).toBeNull();
  });
});
