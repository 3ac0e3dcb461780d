import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindAnswer, SignInProof } from '@shared/domain/board';
import type { Account } from '../../../src-main/auth/accounts';
import { createSignIn } from '../../../src-main/auth/sign-in';
import {
  isSameDesk,
  NO_RULES,
  wayUnder,
  type ChosenDesk,
  type DeskRules,
} from '../../../src-main/desk/chosen-desk';
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

function setUp(rules?: DeskRules) {
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
    ...(rules && { rules }),
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

describe('with a desk that the organisation has chosen', () => {
  const chosen = (more: Partial<ChosenDesk> = {}): ChosenDesk => ({
    target: { kind: 'boardApi', url: board.url },
    name: null,
    logo: null,
    login: '',
    tokens: 'allowed',
    scopes: null,
    ...more,
  });
  const only = (desk: () => ChosenDesk | null): DeskRules => ({
    chosen: desk,
    allowsOthers: () => desk() === null,
    allowsPractice: () => false,
  });

  it('offers exactly that one without an address, under the name and logo of the organisation', async () => {
    const logo = 'data:image/png;base64,AAAA';
    const { signIn, current } = setUp(only(() => chosen({ name: 'Northside IT', logo, login: 'ada' })));
    const answer = await signIn.find('');
    expect(answer).toMatchObject({
      kind: 'found',
      offers: [{ managed: true, name: 'Northside IT', logo, login: 'ada', place: new URL(board.url).host }],
    });
    expect(await signIn.enter(offerIn(answer), persona('ada@example.com'))).toEqual({ kind: 'signedIn' });
    expect(current()?.deskName).toBe('Northside IT');
  });

  it('finds the account again that was made by searching for the same desk', async () => {
    const free = setUp();
    await free.signIn.enter(offerIn(await free.signIn.find(board.url)), persona('ada@example.com'));
    const { signIn, current } = setUp(
      only(() => chosen({ target: { kind: 'boardApi', url: `${board.url}/` } })),
    );
    await signIn.enter(offerIn(await signIn.find('')), persona('ada@example.com'));
    expect(current()?.id).toBe(free.current()?.id);
  });

  it('refuses every other desk, the practice desk and mail, also those that were found before', async () => {
    let desk: ChosenDesk | null = null;
    const rules = only(() => desk);
    const { signIn, current } = setUp({ ...rules, allowsPractice: () => desk === null });
    const before = offerIn(await signIn.find(board.url));
    desk = chosen({ target: { kind: 'boardApi', url: 'https://desk.example.com' } });
    expect(await signIn.enter(before, persona('ada@example.com'))).toEqual({
      kind: 'refused',
      problem: 'notAllowed',
    });
    expect(await signIn.find(board.url)).toEqual({
      kind: 'nothing',
      problem: 'notAllowed',
      place: board.url,
    });
    const route = {
      host: 'localhost',
      port: 25,
      security: 'none',
      signIn: false,
      deskAddress: 'a@b.example',
      billingAddress: null,
    } as const;
    expect(await signIn.byMail(route)).toMatchObject({ problem: 'notAllowed' });
    expect(await signIn.practice()).toEqual({ ok: false, fault: { kind: 'refused' } });
    expect(current()).toBeNull();
  });

  it('lets others be found beside it where that is allowed', async () => {
    const { signIn } = setUp({ ...only(() => chosen()), allowsOthers: () => true });
    expect(await signIn.find(board.url)).toMatchObject({ kind: 'found', offers: [{ managed: false }] });
  });

  it('says what is in its way', async () => {
    const at = (url: string) =>
      setUp(only(() => chosen({ target: { kind: 'boardApi', url } }))).signIn.find('');
    await board.close();
    expect(await at(board.url)).toMatchObject({ kind: 'nothing', problem: 'unreachable' });
    expect(await at('http://desk.example.com')).toEqual({
      kind: 'nothing',
      problem: 'notSecure',
      place: 'desk.example.com',
    });
    board = await startPracticeBoard();
  });

  it('has a say in the way in, there only', () => {
    const password = { kind: 'password', orToken: true } as const;
    const browser = {
      kind: 'browser',
      issuer: 'https://id.example',
      clientId: 'c',
      scopes: ['openid'],
    } as const;
    const here = chosen().target;
    const under = (more: Partial<ChosenDesk>) => only(() => chosen(more));
    expect(wayUnder(here, password, NO_RULES)).toEqual(password);
    expect(wayUnder(here, password, under({ tokens: 'never' }))).toEqual({ ...password, orToken: false });
    expect(wayUnder(here, password, under({ tokens: 'only' }))).toEqual({ ...password, onlyToken: true });
    expect(wayUnder(here, { ...password, orToken: false }, under({ tokens: 'only' }))).toMatchObject({
      orToken: false,
    });
    expect(
      wayUnder(here, { ...browser, scopes: ['openid'] }, under({ scopes: ['openid', 'x'] })),
    ).toMatchObject({
      scopes: ['openid', 'x'],
    });
    const elsewhere = { kind: 'boardApi', url: 'https://other.example' } as const;
    expect(wayUnder(elsewhere, password, under({ tokens: 'never' }))).toEqual(password);
  });

  it('is the same desk however its address is written', () => {
    const rt = (url: string, queue = 'Service Board') => ({ kind: 'rt', url, queue, fields: {} }) as never;
    expect(isSameDesk(rt('https://rt.example/rt/'), rt('https://RT.example/rt'))).toBe(true);
    expect(isSameDesk(rt('https://rt.example/rt'), rt('https://rt.example/rt', 'Other'))).toBe(false);
    expect(isSameDesk(rt('https://rt.example'), { kind: 'boardApi', url: 'https://rt.example' })).toBe(false);
    const mail = (deskAddress: string, host: string) => ({ kind: 'email', deskAddress, host }) as never;
    expect(isSameDesk(mail('Help@x.example', 'a'), mail('help@x.example', 'b'))).toBe(true);
  });
});
