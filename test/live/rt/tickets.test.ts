import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyIntake, type Intake } from '@shared/domain/intake';
import type { StepEntry } from '@shared/domain/ticket';
import type { DeskConnector } from '../../../src-main/desk/connector';
import { ref } from '../../support/samples';
import { value } from '../../support/value';
import { startFaultProxy } from '../fault-proxy';
import { startRtBoard, type RtBoard, type RtConnectOptions } from './rt-board';
import type { RtCaller } from './rt-caller';

const PATIENT = { timeout: 60_000 };

/** What RT tells, as Deskbell shows it: nothing here is made up by a test but what people do in RT. */
describe('Request Tracker: tickets', () => {
  let board: RtBoard;
  let desk: DeskConnector;
  let erin: RtCaller;
  const connect = (options: RtConnectOptions = {}): DeskConnector => board.connect(options);
  const file = async (text: string, intake: Partial<Intake> = {}): Promise<string> => {
    const ticket = { summary: text, intake: { ...emptyIntake(), problem: text, ...intake }, files: [] };
    return value(await desk.create(ticket, ref())).ticketId;
  };
  const get = async (id: string) => value(await desk.get(id));
  const change = (id: string, what: object) => erin.put(`/ticket/${id}`, what);
  const reply = (id: string, Content: string, ContentType = 'text/html') =>
    erin.post(`/ticket/${id}/correspond`, { Content, ContentType });
  const stepsOf = (steps: readonly StepEntry[]) => steps.map(({ step, by }) => [step, by]);

  beforeAll(async () => {
    board = await startRtBoard(300);
    desk = connect();
    erin = board.rt.as('erin');
  }, 180_000);
  afterAll(async () => {
    await board.close();
  });

  it('knows who signs in, by token and by password', async () => {
    const alice = {
      id: String(board.rt.people.alice.id),
      name: 'Alice Ahmadi',
      email: 'alice@example.test',
      phone: '',
    };
    expect(value(await desk.whoAmI())).toEqual(alice);
    expect(value(await connect({ byPassword: true }).whoAmI())).toEqual(alice);
  });

  it('goes the six steps with the names of who took them', PATIENT, async () => {
    const id = await file('Step by step');
    expect(await get(id)).toMatchObject({ step: 'created', statusLabel: 'new', assignee: null, visit: null });
    await change(id, { Priority: '50' });
    expect(await get(id)).toMatchObject({ step: 'received' });
    await change(id, { CustomFields: { Visit: 'on-site' } });
    expect(await get(id)).toMatchObject({ step: 'reviewed', visit: 'onSite' });
    await change(id, { Owner: 'erin' });
    expect(await get(id)).toMatchObject({
      step: 'assigned',
      assignee: { name: 'Erin Engineer', role: 'engineer' },
    });
    await reply(id, 'On my way', 'text/plain');
    expect(await get(id)).toMatchObject({ step: 'working', statusLabel: 'open' });
    await change(id, { Status: 'resolved' });
    const resolved = await get(id);
    expect(resolved).toMatchObject({ step: 'resolved', closed: false, survey: 'none' });
    const erinDid = ['received', 'reviewed', 'assigned', 'working', 'resolved'];
    expect(stepsOf(resolved.steps)).toEqual([
      ['created', 'Alice Ahmadi'],
      ...erinDid.map((step) => [step, 'Erin Engineer']),
    ]);
    value(await desk.setState(id, 'works', '', ref()));
    expect(await get(id)).toMatchObject({ closed: true, survey: 'waiting' });
  });

  it('does not take the requester’s own reply, which opens a ticket, for work', PATIENT, async () => {
    const id = await file('All alone');
    value(await desk.addMessage(id, { text: 'Anybody there?', files: [] }, ref()));
    expect(await get(id)).toMatchObject({ step: 'created', statusLabel: 'open', question: null });
  });

  it('is closed only by what was said after it was resolved last', PATIENT, async () => {
    const id = await file('Again and again');
    await change(id, { Status: 'resolved' });
    value(await desk.setState(id, 'works', '', ref()));
    // The engineer opens it again; what was confirmed then says nothing of later.
    await change(id, { Status: 'open' });
    expect(await get(id)).toMatchObject({ step: 'working', closed: false, survey: 'none' });
    await change(id, { Status: 'resolved' });
    expect(await get(id)).toMatchObject({ step: 'resolved', closed: false });
    value(await desk.setState(id, 'works', '', ref()));
    expect(await get(id)).toMatchObject({ closed: true });
    // Saying it once more is no mistake.
    value(await desk.setState(id, 'works', '', ref()));
    expect(await get(id)).toMatchObject({ closed: true });
  });

  it('keeps words for a status that is none of the steps, and ends with a rejection', PATIENT, async () => {
    const id = await file('On hold');
    await change(id, { Status: 'stalled' });
    expect(await get(id)).toMatchObject({ statusLabel: 'stalled', closed: false });
    await change(id, { Status: 'rejected' });
    expect(await get(id)).toMatchObject({
      step: null,
      statusLabel: 'rejected',
      closed: true,
      withdrawn: false,
      survey: 'none',
    });
  });

  it('shows an engineer’s HTML as plain text, lists and links included', PATIENT, async () => {
    const id = await file('Formatted');
    await reply(
      id,
      '<p>Please <b>restart</b>:</p><ul><li>the printer</li><li>your computer</li></ul>' +
        '<p><a href="https://help.example/x?a=1&amp;b=2">How</a> <a href="javascript:alert(1)">now</a></p>' +
        '<script>alert(1)</script><img src=x onerror="alert(1)">',
    );
    expect((await get(id)).messages.at(-1)).toMatchObject({
      text: 'Please restart:\n\n\u2022 the printer\n\u2022 your computer\n\nHow (https://help.example/x?a=1&b=2) now',
      author: { kind: 'staff', staff: { name: 'Erin Engineer' } },
    });
  });

  it('takes the last thing the desk asks for a question, until it is answered', PATIENT, async () => {
    const id = await file('Asked');
    await reply(id, 'Which floor is it on?', 'text/plain');
    const asked = await get(id);
    expect(asked.question).toEqual({ messageId: asked.messages.at(-1)?.id, quickAnswers: [] });
    value(await desk.addMessage(id, { text: 'The second.', files: [] }, ref()));
    expect((await get(id)).question).toBeNull();
  });

  it('does not show what engineers say among themselves', PATIENT, async () => {
    const id = await file('Behind the scenes');
    await erin.post(`/ticket/${id}/comment`, { Content: 'Layer 8?', ContentType: 'text/plain' });
    const ticket = await get(id);
    expect(ticket.messages.map(({ text }) => text)).toEqual(['Behind the scenes']);
    expect(ticket.step).toBe('created');
  });

  it('files the answers of the form in fields and as a block, and reads them back', PATIENT, async () => {
    const id = await file('Line one\n\nLine two: 5 o’clock', {
      impact: 'stopped',
      affected: 'few',
      affectedText: 'about 12 people',
      lostFunction: 'delivery notes:\nall of them',
      workaround: 'some',
      workaroundText: 'By hand',
      emergency: true,
      contact: { name: 'Ada Ellis', phone: '555 0100', email: 'ada@example.com' },
    });
    const filed = await erin.get<{ CustomFields: { name: string; values: string[] }[] }>(`/ticket/${id}`);
    const values = Object.fromEntries(filed.CustomFields.map(({ name, values: [first] }) => [name, first]));
    expect(values).toMatchObject({
      Impact: 'Cannot work',
      PeopleAffected: '12',
      Workaround: 'By hand',
    });
    for (const reader of [desk, connect()]) {
      const ticket = value(await reader.get(id));
      expect(ticket).toMatchObject({ emergency: true });
      expect(ticket.messages.map(({ text }) => text)).toEqual(['Line one\n\nLine two: 5 o’clock']);
      expect(ticket.details).toEqual([
        { label: 'Emergency', value: 'Yes, and asked to call as well' },
        { label: 'Who is affected', value: 'A few of us: about 12 people' },
        { label: 'What can’t be done', value: 'Nothing works: delivery notes:\nall of them' },
        { label: 'Way around it', value: expect.stringContaining('By hand') as string },
        { label: 'Whom to ask', value: 'Ada Ellis, 555 0100, ada@example.com' },
      ]);
    }
  });

  it('goes on in the ticket that another one was merged into', PATIENT, async () => {
    const [twin, kept] = [await file('Twin'), await file('Kept')];
    value(await desk.addMessage(twin, { text: 'Said in the twin', files: [] }, ref()));
    await change(twin, { MergeInto: kept });
    expect(await desk.get(twin)).toEqual({ ok: false, fault: { kind: 'conflict', reason: 'gone' } });
    expect((await get(kept)).messages.map(({ text }) => text)).toEqual(['Twin', 'Kept', 'Said in the twin']);
    const { tickets } = value(await connect().listChanged(null));
    expect(tickets.find(({ id }) => id === kept)?.messages).toHaveLength(3);
    expect(tickets.some(({ id }) => id === twin)).toBe(false);
  });

  it('follows a ticket into another queue', PATIENT, async () => {
    const id = await file('Moves');
    const { cursor } = value(await desk.listChanged(null));
    await change(id, { Queue: 'Bare Board' });
    await reply(id, 'Now with the network people', 'text/plain');
    const { tickets } = value(await desk.listChanged(cursor));
    const moved = tickets.find((ticket) => ticket.id === id);
    expect(moved).toMatchObject({ survey: 'none', step: 'working' });
    expect(moved?.messages.at(-1)?.text).toBe('Now with the network people');
  });

  it('shows a ticket that came by mail, with what the mail brought', PATIENT, async () => {
    const boundary = 'b1';
    const head =
      'From: Alice <alice@example.test>\nTo: desk@desk.test\nSubject: By mail\nMIME-Version: 1.0\n';
    const type = (what: string) => `Content-Type: ${what}\n\n`;
    await board.rt.mailgate(
      `${head}Content-Type: multipart/mixed; boundary=${boundary}\n\n` +
        `--${boundary}\nContent-Type: multipart/alternative; boundary=b2\n\n` +
        `--b2\n${type('text/plain; charset=utf-8')}Plain words\n--b2\n${type('text/html')}<p>Rich words</p>\n--b2--\n` +
        `--${boundary}\nContent-Disposition: attachment; filename=note.txt\n${type('text/plain')}a note\n` +
        `--${boundary}--\n`,
    );
    const { tickets } = value(await connect().listChanged(null));
    const ticket = tickets.find(({ summary }) => summary === 'By mail');
    expect(ticket).toMatchObject({ ref: null, step: 'created', emergency: false, details: [] });
    expect(ticket?.messages).toMatchObject([
      {
        text: 'Plain words',
        author: { kind: 'requester', name: 'Alice Ahmadi' },
        attachments: [{ name: 'note.txt' }],
      },
    ]);
    const [note] = ticket?.messages[0]?.attachments ?? [];
    const bytes = value(await desk.download(ticket?.id ?? '', note?.id ?? ''));
    expect(Buffer.from(bytes).toString().trim()).toBe('a note');
  });

  it('makes few calls: three to file, one to look for news', PATIENT, async () => {
    const line = await startFaultProxy(board.url);
    let calls = 0;
    line.choose(() => {
      calls += 1;
      return null;
    });
    const counted = connect({ url: line.url });
    const ticket = { summary: 'Counted', intake: { ...emptyIntake(), problem: 'Counted' }, files: [] };
    const { ticketId } = value(await counted.create(ticket, ref()));
    const filed = value(await counted.get(ticketId));
    expect(calls).toBe(3);
    expect(filed).toEqual(value(await connect().get(ticketId)));
    const idle = connect({ url: line.url, as: 'bob' });
    const { cursor } = value(await idle.listChanged(null));
    calls = 0;
    value(await idle.listChanged(cursor));
    expect(calls).toBe(1);
    await line.close();
  });
});
