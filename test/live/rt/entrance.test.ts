import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyIntake } from '@shared/domain/intake';
import { loadBoardType, REMOTE_KINDS } from '../../../src-main/desk/boards';
import { createDeskFinder } from '../../../src-main/desk/finder';
import { rt } from '../../../src-main/desk/rt/rt';
import { boardTools } from '../../support/board-tools';
import { ref } from '../../support/samples';
import { startPracticeBoard, type PracticeBoard } from '../board-api/practice-board';
import { startRtServer, type RtServer } from './rt-server';

const tools = boardTools();

describe('finding a Request Tracker', () => {
  let server: RtServer;
  let practice: PracticeBoard;
  beforeAll(async () => {
    server = await startRtServer({ path: '/rt' });
    practice = await startPracticeBoard();
  }, 180_000);
  afterAll(async () => {
    await server.close();
    await practice.close();
  });

  it.each([
    ['the address', ''],
    ['the host alone', '/..'],
    ['a page of it', '/Ticket/Display.html?id=5'],
    ['the page of end users', '/SelfService/index.html'],
  ])('recognises it by %s, without signing in, and says its name', async (_what, more) => {
    const found = await rt.find(new URL(`${server.url}${more}`), tools);
    expect(found).toMatchObject({
      ok: true,
      value: {
        name: 'desk.test',
        signIn: { kind: 'password', orToken: true },
        target: { kind: 'rt', url: server.url, queue: 'Service Board', fields: { ref: 'ClientRequestId' } },
      },
    });
  });

  it('takes nothing else for one', async () => {
    expect(await rt.find(new URL(practice.url), tools)).toEqual({ ok: true, value: null });
    const target = { kind: 'rt', url: practice.url, queue: 'x', fields: {} as never } as const;
    expect(await rt.entrance(target, tools)).toMatchObject({ ok: false, fault: { kind: 'offline' } });
  });

  it('says that nobody is there', async () => {
    const nobody = await rt.find(new URL('http://127.0.0.1:9'), tools);
    expect(nobody).toEqual({ ok: false, fault: { kind: 'offline', cause: 'unreachable' } });
  });

  it('is found by what a person types, entered, and filed at', { timeout: 60_000 }, async () => {
    const ids = { ref };
    const finder = createDeskFinder({ kinds: REMOTE_KINDS, loadType: loadBoardType, tools, ids });
    const found = await finder.find(new URL(server.url).host);
    if (found.kind !== 'found') throw new Error(JSON.stringify(found));
    const [offer] = found.offers;
    if (offer?.target.kind !== 'rt') throw new Error('no RT');
    const { name, password, id } = server.people.alice;
    const session = { credential: async () => ({ kind: 'password', name, password }) as const };
    const desk = rt.connect(offer.target, session, { name: '', email: '', phone: '' }, tools);
    expect(await desk.whoAmI()).toMatchObject({ ok: true, value: { id: String(id), name: 'Alice Ahmadi' } });
    const ticket = { summary: 'Found', intake: { ...emptyIntake(), problem: 'Found' }, files: [] };
    const key = ref();
    const filed = await desk.create(ticket, key);
    expect(filed.ok).toBe(true);
    const read = await desk.get(filed.ok ? filed.value.ticketId : '');
    expect(read).toMatchObject({ ok: true, value: { ref: key, summary: 'Found' } });
    desk.close();
  });
});
