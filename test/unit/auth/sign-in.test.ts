import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindAnswer, SignInProof } from '@shared/domain/board';
import type { Account } from '../../../src-main/auth/accounts';
import { createSignIn } from '../../../src-main/auth/sign-in';
import { loadBoardType, REMOTE_KINDS } from '../../../src-main/desk/boards';
import { createDeskFinder } from '../../../src-main/desk/finder';
import { createClock } from '../../../src-main/platform/clock';
import { createIds } from '../../../src-main/platform/ids';
import { quietLog } from '../../support/quiet-log';
import { startPracticeBoard, type PracticeBoard } from '../../live/board-api/practice-board';

let board: PracticeBoard;
beforeEach(async () => {
  board = await startPracticeBoard();
});
afterEach(() => board.close());

const persona = (email: string): SignInProof => ({
  kind: 'persona',
  sender: { name: 'Ada Ellis', email, phone: '' },
});

function setUp() {
  const began = new Map<string, unknown>();
  const dropped: string[] = [];
  let current: Account | null = null;
  const tools = { clock: createClock(), log: quietLog(), random: Math.random, userAgent: 'Deskbell/test' };
  const signIn = createSignIn({
    finder: createDeskFinder({ kinds: REMOTE_KINDS, loadType: loadBoardType, tools, ids: createIds() }),
    loadType: loadBoardType,
    tools,
    sessions: {
      of: () => ({ credential: async () => null, renew: async () => false, end: async () => undefined }),
      begin: async ({ id }, proven) => void began.set(id, proven),
      drop: async ({ id }) => void dropped.push(id),
    },
    browser: { signIn: async () => ({ ok: false, fault: 'noBrowser' }) },
    giveBack: async () => undefined,
    connection: {
      current: () =>
        current && {
          account: current,
          resume: async () => undefined,
          signOut: async () => undefined,
          close: async () => undefined,
        },
      connect: async (account) => {
        current = account;
        return { ok: true, value: undefined };
      },
    },
    practice: () => ({
      id: 'practice',
      target: { kind: 'practice' },
      signIn: { kind: 'nothing' },
      login: '',
      deskName: 'Practice',
      person: { name: 'Ada', email: '', phone: '' },
    }),
    log: quietLog(),
  });
  return { signIn, began, dropped, current: () => current };
}

const offerIn = (answer: FindAnswer): string => {
  if (answer.kind !== 'found') throw new Error(`Nothing was found: ${answer.problem}`);
  return answer.offers[0]?.id ?? '';
};

describe('signing in to a desk that was found', () => {
  it('recognises who it is, keeps the proof for the account, and works with it', async () => {
    const { signIn, began, current } = setUp();
    const offer = offerIn(await signIn.find(new URL(board.url).host));
    expect(await signIn.enter(offer, persona('ada@example.com'))).toEqual({ kind: 'signedIn' });
    expect(current()).toMatchObject({
      target: { kind: 'boardApi' },
      person: { name: 'Ada Ellis', email: 'ada@example.com' },
    });
    expect(began.get(current()?.id ?? '')).toMatchObject({
      kind: 'credential',
      credential: { kind: 'bearer' },
    });
  });

  it('gives two people at one desk, and one person at two desks, accounts of their own', async () => {
    const { signIn, dropped, current } = setUp();
    const other = await startPracticeBoard();
    const ids: (string | undefined)[] = [];
    for (const [url, email] of [
      [board.url, 'ada@example.com'],
      [board.url, 'bob@example.com'],
      [other.url, 'ada@example.com'],
      [board.url, 'ada@example.com'],
    ] as const) {
      const offer = offerIn(await signIn.find(url));
      await signIn.enter(offer, persona(email));
      ids.push(current()?.id);
    }
    await other.close();
    expect(new Set(ids.slice(0, 3)).size).toBe(3);
    expect(ids[3]).toBe(ids[0]);
    // Nobody stays signed in behind somebody else's back.
    expect(dropped).toEqual(ids.slice(0, 3));
  });

  it('takes no proof that does not fit, and no offer that it did not make', async () => {
    const { signIn, current } = setUp();
    const offer = offerIn(await signIn.find(board.url));
    expect(await signIn.enter(offer, { kind: 'token', token: 'x' })).toMatchObject({ kind: 'refused' });
    expect(await signIn.enter('made-up', persona('ada@example.com'))).toEqual({
      kind: 'refused',
      problem: 'expired',
    });
    expect(current()).toBeNull();
  });

  it('refuses another person when signing in again, and leaves the account alone', async () => {
    const { signIn, began, current } = setUp();
    await signIn.enter(offerIn(await signIn.find(board.url)), persona('ada@example.com'));
    const before = current();
    expect(await signIn.again(persona('bob@example.com'))).toEqual({
      kind: 'refused',
      problem: 'otherPerson',
    });
    expect(current()).toBe(before);
    expect(began.size).toBe(1);
    expect(await signIn.again(persona('ada@example.com'))).toEqual({ kind: 'signedIn' });
  });
});
