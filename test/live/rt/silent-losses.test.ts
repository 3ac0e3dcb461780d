import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { emptyIntake, type Intake } from '@shared/domain/intake';
import { createRtConnector } from '../../../src-main/desk/rt/rt-connector';
import type { DeskConnector } from '../../../src-main/desk/connector';
import { createClock } from '../../../src-main/platform/clock';
import { RtFieldsSchema } from '@shared/domain/board';
import { quietLog } from '../../support/quiet-log';
import { ref } from '../../support/samples';
import { value } from '../../support/value';
import { outgoingFile } from '../board';
import { startFaultProxy, type FaultProxy } from '../fault-proxy';
import { startRtBoard, type RtBoard, type RtConnectOptions } from './rt-board';

const STARTING_MS = 180_000;
const PATIENT = { timeout: 60_000 };
const ANSWERS = { overall: 5, time: 4, quality: 3, process: 2, people: 1 } as const;
const problem = (text: string, intake: Partial<Intake> = {}) => ({
  summary: text.slice(0, 100),
  intake: { ...emptyIntake(), problem: text, ...intake },
  files: [],
});

/** Each of them RT answers with a success, or with something that looks like one. */
describe('Request Tracker: what would be lost in silence', () => {
  let board: RtBoard;
  let proxy: FaultProxy;
  let desk: DeskConnector;
  const open: DeskConnector[] = [];
  const connect = (options: RtConnectOptions = {}): DeskConnector => board.connect(options);
  const fieldsOf = async (id: string): Promise<Readonly<Record<string, string>>> => {
    const path = `/ticket/${id}`;
    interface Fields {
      readonly CustomFields: readonly { readonly name: string; readonly values: readonly string[] }[];
    }
    const { CustomFields } = await board.rt.as('root').get<Fields>(path);
    return Object.fromEntries(CustomFields.map(({ name, values }) => [name, values[0] ?? '']));
  };

  beforeAll(async () => {
    board = await startRtBoard(300);
    proxy = await startFaultProxy(board.url);
    desk = connect();
  }, STARTING_MS);
  afterEach(() => proxy.clear());
  afterAll(async () => {
    open.forEach((connector) => connector.close());
    await proxy.close();
    await board.close();
  });

  it('1: the own ticket, which its creator cannot see without being its requester', PATIENT, async () => {
    const { ticketId } = value(await desk.create(problem('Mine'), ref()));
    expect(value(await desk.get(ticketId)).messages[0]?.author).toEqual({
      kind: 'requester',
      name: 'Alice Ahmadi',
    });
    const byName = connect({ byPassword: true });
    const other = value(await byName.create(problem('Mine by name'), ref()));
    expect(value(await byName.get(other.ticketId)).summary).toBe('Mine by name');
  });

  it('2: the key of a ticket, which is dropped without the right to fill it in', PATIENT, async () => {
    const forgetful = connect({ queue: 'Forgetful Board', url: proxy.url });
    const [kept, doubted] = [ref(), ref()];
    const first = value(await forgetful.create(problem('No key'), kept));
    expect((await fieldsOf(first.ticketId))['ClientRequestId']).toBe('');
    // A ticket of which nobody knows what became is recognised by its words instead, and not filed again.
    proxy.once('/', 'resetAfter');
    expect(await forgetful.create(problem('Maybe filed'), doubted)).toMatchObject({
      fault: { kind: 'ambiguous' },
    });
    await vi.waitFor(async () =>
      expect(await forgetful.findByRef(doubted)).toMatchObject({ kind: 'receipt' }),
    );
    // And of what another Deskbell has sent nobody can say that it is not there.
    await vi.waitFor(async () => expect(await forgetful.findByRef(ref())).toEqual({ kind: 'impossible' }));
  });

  it('2: a value that does not fit its field, without taking the key along', PATIENT, async () => {
    const odd = connect({ fields: { impact: 'PeopleAffected', peopleAffected: null } });
    const id = ref();
    const { ticketId } = value(await odd.create(problem('Odd field', { impact: 'stopped' }), id));
    const fields = await fieldsOf(ticketId);
    expect([fields['PeopleAffected'], fields['ClientRequestId']]).toEqual(['', id]);
    // What the field did not take stands in the words.
    expect(value(await odd.get(ticketId)).details).toContainEqual({
      label: 'What can’t be done',
      value: 'Nothing works',
    });
  });

  it('3: a survey that was denied with 200', PATIENT, async () => {
    // Fields that the requester may see but not change.
    const survey = Array.from({ length: 5 }, () => 'Workaround');
    const denied = connect({ fields: { confirmed: 'Workaround', survey, surveyComment: 'Workaround' } });
    const { ticketId } = value(await denied.create(problem('Rate me'), ref()));
    await board.resolve(ticketId);
    const refused = { ok: false, fault: { kind: 'rejected' } };
    expect(await denied.setState(ticketId, 'works', '', ref())).toMatchObject(refused);
    expect(await denied.rate(ticketId, ANSWERS, '', ref())).toMatchObject(refused);
  });

  it('4: changes, by an account of another time zone', PATIENT, async () => {
    const dora = connect({ as: 'dora' });
    const before = Date.now();
    const id = ref();
    const { ticketId } = value(await dora.create(problem('Far away', { since: 'justNow' }), id));
    const said = Date.parse((await fieldsOf(ticketId))['StartedAt'] ?? '');
    expect(Math.abs(said - before)).toBeLessThan(60_000);
    const ticket = value(await dora.get(ticketId));
    expect(Math.abs(Date.parse(ticket.createdAt) - before)).toBeLessThan(60_000);
    const { cursor } = value(await dora.listChanged(null));
    await board.reply(ticketId, 'News');
    const later = value(await dora.listChanged(cursor));
    expect(later.tickets.map((one) => one.id)).toEqual([ticketId]);
    expect(value(await dora.listChanged(later.cursor)).tickets).toEqual([]);
  });

  it('4: changes, when this computer’s clock was set back or forth in between', PATIENT, async () => {
    let offset = 0;
    const clock = createClock();
    const shifted = { ...clock, now: () => new Date(clock.now().getTime() + offset) };
    const jumping = createRtConnector({
      baseUrl: board.url,
      queue: board.rt.queue,
      fields: RtFieldsSchema.parse({}),
      credential: async () => ({ kind: 'token', token: board.rt.people.alice.token }),
      name: '',
      clock: shifted,
      log: quietLog(),
    });
    open.push(jumping);
    const { ticketId } = value(await desk.create(problem('Jumping'), ref()));
    let { cursor } = value(await jumping.listChanged(null));
    for (const jump of [-3 * 3_600_000, 5 * 3_600_000]) {
      offset += jump;
      await board.reply(ticketId, `After ${jump}`);
      const changes = value(await jumping.listChanged(cursor));
      expect(changes.tickets.map((one) => one.id)).toContain(ticketId);
      cursor = changes.cursor;
    }
  });

  it('5: that it is filed once, when several tickets are made for one key', PATIENT, async () => {
    const id = ref();
    const all = await Promise.all([1, 2, 3].map(() => desk.create(problem('One in flight'), id)));
    expect(new Set(all.map((result) => value(result).ticketId)).size).toBe(1);
    expect(await board.carriedOut(id)).toBe(1);
    // Made by something else, all three stand: the first counts, for every Deskbell.
    const twins = ref();
    const raw = {
      Queue: board.rt.queue,
      Requestor: 'alice',
      Subject: 'Triplet',
      CustomFields: { ClientRequestId: twins },
    };
    const made = await Promise.all(
      [1, 2, 3].map(() => board.rt.as('alice').post<{ id: string }>('/ticket', raw)),
    );
    expect(await board.carriedOut(twins)).toBe(3);
    const lowest = String(Math.min(...made.map((ticket) => Number(ticket.id))));
    expect(await connect().findByRef(twins)).toMatchObject({ receipt: { ticketId: lowest } });
  });

  it('5: that it is filed once, when RT is still busy with it', PATIENT, async () => {
    const slow = connect({ url: proxy.url, wait: 3_000 });
    await vi.waitFor(async () => expect(await slow.findByRef(ref())).toEqual({ kind: 'absent' }), {
      timeout: 10_000,
      interval: 200,
    });
    const id = ref();
    proxy.once('/', 'resetBefore');
    expect(await slow.create(problem('Busy'), id)).toMatchObject({ fault: { kind: 'ambiguous' } });
    expect(await slow.findByRef(id)).toMatchObject({ kind: 'unknown', fault: { kind: 'ambiguous' } });
    await vi.waitFor(async () => expect(await slow.findByRef(id)).toEqual({ kind: 'absent' }), {
      timeout: 10_000,
      interval: 200,
    });
    // A Deskbell that was just started does not know what the one before it has sent.
    const fresh = connect({ wait: 3_000 });
    expect(await fresh.findByRef(id)).toMatchObject({ kind: 'unknown' });
  });

  it('6: names of files in any script, and files without a byte', PATIENT, async () => {
    const files = [
      outgoingFile('\u0434\u0430\u0442\u0430 \u05E9\u05DC\u05D5\u05DD \u{1F4C4}.txt', new Uint8Array()),
      outgoingFile('Gr\u00F6\u00DFe.csv', Buffer.from('a;b\n'), 'text/csv'),
    ];
    const { ticketId } = value(await desk.create({ ...problem('Files'), files }, ref()));
    const id = ref();
    value(await desk.addMessage(ticketId, { text: 'More', files }, id));
    const { messages } = value(await desk.get(ticketId));
    for (const { attachments } of messages)
      expect(attachments.map(({ name, size }) => [name, size])).toEqual(
        files.map(({ name, size }) => [name, size]),
      );
  });

  it('7: letters beyond ASCII, and a message that is nothing but a zero', PATIENT, async () => {
    const { ticketId } = value(
      await desk.create(problem('Gr\u00FC\u00DFe \u05E9\u05DC\u05D5\u05DD \u{1F600}'), ref()),
    );
    const texts = ['\u00DCber \u4F60\u597D \u{1F600} \u20AC', '0'];
    for (const text of texts) value(await desk.addMessage(ticketId, { text, files: [] }, ref()));
    const ticket = value(await connect().get(ticketId));
    expect(ticket.summary).toBe('Gr\u00FC\u00DFe \u05E9\u05DC\u05D5\u05DD \u{1F600}');
    expect(ticket.messages.map(({ text }) => text).slice(1)).toEqual(texts);
  });

  it('8: the end of the session, which RT tells a browser by a redirect', async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const line = await startLine(board.url, (request) => {
      seen.push(request.headers);
      return null;
    });
    const browserLike = createRtConnector({
      baseUrl: line.url,
      queue: board.rt.queue,
      fields: RtFieldsSchema.parse({}),
      credential: async () => ({ kind: 'token', token: `1-31-${'0'.repeat(32)}` }),
      name: '',
      userAgent: 'Mozilla/5.0 Deskbell',
      clock: createClock(),
      log: quietLog(),
    });
    open.push(browserLike);
    for (let call = 0; call < 2; call += 1)
      expect(await browserLike.whoAmI()).toEqual({ ok: false, fault: { kind: 'authExpired' } });
    expect(seen.every((headers) => headers.cookie === undefined)).toBe(true);
    await line.close();
  });

  it('9: the session, by a 401 that RT did not mean', PATIENT, async () => {
    let falseOnes = 1;
    const line = await startLine(board.url, () => (falseOnes-- > 0 ? 401 : null));
    const shaky = connect({ url: line.url });
    const id = ref();
    value(await shaky.create(problem('Let in at the second knock'), id));
    expect(await board.carriedOut(id)).toBe(1);
    falseOnes = 2;
    expect(await shaky.whoAmI()).toEqual({ ok: false, fault: { kind: 'authExpired' } });
    await line.close();
  });

  it('9: an account whose password has letters beyond ASCII', async () => {
    const dora = connect({ as: 'dora', byPassword: true });
    expect(value(await dora.whoAmI())).toMatchObject({ name: 'Dora Dang', email: 'dora@example.test' });
  });

  it('10: what was said before many things that are hidden', PATIENT, async () => {
    const { ticketId } = value(await desk.create(problem('Long story'), ref()));
    await board.reply(ticketId, 'Early');
    // Changes of a field that end users may not see: RT leaves them out, and they count all the same.
    await board.rt.sql(`
      WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < 230)
      INSERT INTO Transactions (ObjectType, ObjectId, TimeTaken, Type, Field, OldValue, NewValue, Creator, Created)
      SELECT 'RT::Ticket', ${ticketId}, 0, 'CustomField', '999', '', 'x', 1, datetime('now') FROM series`);
    await board.reply(ticketId, 'Late');
    const { messages } = value(await connect().get(ticketId));
    expect(messages.map(({ text }) => text)).toEqual(['Long story', 'Early', 'Late']);
    const changed = value(await connect().listChanged(null)).tickets.find(({ id }) => id === ticketId);
    expect(changed?.messages.map(({ text }) => text)).toEqual(['Long story', 'Early', 'Late']);
  });

  it('11: that a ticket, or a queue, is not the user’s', PATIENT, async () => {
    const { ticketId } = value(await desk.create(problem('Private'), ref()));
    const bob = connect({ as: 'bob' });
    expect(await bob.get(ticketId)).toEqual({ ok: false, fault: { kind: 'conflict', reason: 'gone' } });
    const said = await bob.addMessage(ticketId, { text: 'Hello', files: [] }, ref());
    expect(said).toMatchObject({ fault: { kind: 'rejected' } });
    const nowhere = await connect({ queue: 'No Such Queue' }).create(problem('Where?'), ref());
    expect(nowhere).toMatchObject({ fault: { kind: 'rejected' } });
    // Without the right to see it, the own ticket is filed all the same, and known by its receipt.
    const blind = connect({ queue: 'Blind Board' });
    const id = ref();
    const unseen = value(await blind.create(problem('Unseen'), id));
    expect(await blind.findByRef(id)).toEqual({ kind: 'receipt', receipt: unseen });
    expect(await blind.get(unseen.ticketId)).toMatchObject({ fault: { kind: 'conflict', reason: 'gone' } });
  });

  it('12: the survey, when the ticket changes between reading and writing', PATIENT, async () => {
    const { ticketId } = value(await desk.create(problem('Changing'), ref()));
    await board.resolve(ticketId);
    const line = await startLine(board.url, async (request) => {
      // RT refuses what was meant for the ticket as it was before (412).
      if (request.method === 'PUT' && changes > 0) {
        changes -= 1;
        await board.rt.as('erin').put(`/ticket/${ticketId}`, { Subject: `Changed ${changes}` });
      }
      return null;
    });
    let changes = 2;
    const hasty = connect({ url: line.url });
    value(await hasty.rate(ticketId, ANSWERS, 'Fine', ref()));
    expect(changes).toBe(0);
    expect(await fieldsOf(ticketId)).toMatchObject({ SurveyQ1: '5', SurveyQ5: '1', SurveyComment: 'Fine' });
    await line.close();
  });

  it('12: a survey that was cut off in the middle is not taken for answered', PATIENT, async () => {
    const { ticketId } = value(await desk.create(problem('Cut off'), ref()));
    await board.resolve(ticketId);
    const id = ref();
    await board.rt
      .as('root')
      .put(`/ticket/${ticketId}`, { CustomFields: { SurveyRequestId: id, SurveyQ1: '5' } });
    await vi.waitFor(async () => expect(await desk.findByRef(id)).toEqual({ kind: 'absent' }));
    value(await desk.rate(ticketId, ANSWERS, '', id));
    expect(await connect().findByRef(id)).toMatchObject({ receipt: { ticketId } });
    expect(await fieldsOf(ticketId)).toMatchObject({ SurveyQ1: '5', SurveyQ2: '4', SurveyQ5: '1' });
  });
});

type Meet = (request: http.IncomingMessage) => number | null | Promise<number | null>;

/** A line to the board on which a test can look at requests, or answer them with a status. */
async function startLine(target: string, meet: Meet): Promise<{ url: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(target);
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void forward(request, response, Buffer.concat(chunks)));
  });
  async function forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    body: Buffer,
  ): Promise<void> {
    const status = await meet(request);
    if (status !== null) {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end('{"message":"Unauthorized"}');
      return;
    }
    const { method, url: path, headers } = request;
    const onward = http.request({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
