import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailRoute } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { emptyIntake, type Intake } from '@shared/domain/intake';
import type { Receipt } from '@shared/domain/outbox';
import type { Result } from '@shared/domain/result';
import type { TicketCreation } from '../../../src-main/desk/connector';
import { createAuthority } from '../../support/certificates';
import { ref } from '../../support/samples';
import { outgoingFile } from '../board';
import { ADA, connectTo } from './client';
import { startLine, LINE_FAULTS, type LineFault } from './line';
import { BILLING, DESK, startMailServer, type MailServer, type MailServerOptions } from './mail-server';

const USERS = { ada: 'correct horse' };
const PASSWORD = { kind: 'password', name: 'ada', password: 'correct horse' } as const;
/** Of tests in which the other side is silent. */
const IMPATIENT = { connect: 400, reply: 400, answer: 400 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function server(options: MailServerOptions = {}): Promise<MailServer> {
  const started = await startMailServer(options);
  closing.push(() => started.close());
  return started;
}
/** A server that speaks no SMTP, or none that makes sense. */
async function rawServer(talk: (socket: net.Socket) => void): Promise<MailRoute> {
  const sockets = new Set<net.Socket>();
  const started = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => started.close(resolve));
  });
  const { port } = started.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    security: 'none',
    signIn: false,
    deskAddress: DESK,
    billingAddress: null,
  };
}

const problem = (over: Partial<Intake> = {}, files: TicketCreation['files'] = []): TicketCreation => ({
  summary: 'The scanner prints blank pages',
  intake: {
    ...emptyIntake({ name: 'Ada Ellis', phone: '616 555 0199', email: ADA.email }),
    problem: 'The scanner prints blank pages. It did not yesterday.',
    ...over,
  },
  files,
});
const faultOf = (result: Result<unknown, DeskFault>): DeskFault | null => (result.ok ? null : result.fault);
const receiptOf = (result: Result<Receipt, DeskFault>): Receipt => {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
};

describe('an e-mail that arrives', () => {
  it('is from the user to the desk, and can be read by a person and by a parser', async () => {
    const { route, arrived, mails } = await server();
    const id = ref();
    const receipt = receiptOf(
      await connectTo(route).create(
        problem({ since: 'today', affected: 'few', affectedText: 'four in accounting', workaround: 'none' }),
        id,
      ),
    );
    expect(receipt).toEqual({ ticketId: id, ticketNumber: '', via: 'email' });
    expect(arrived.map(({ from, to }) => [from, to])).toEqual([[ADA.email, [DESK]]]);
    const [mail] = await mails();
    expect(mail?.from?.value).toEqual([{ name: ADA.name, address: ADA.email }]);
    expect(mail?.subject).toBe('The scanner prints blank pages');
    expect(mail?.messageId).toBe(`<${id}@harbour-tea.example>`);
    expect(mail?.headers.get('x-deskbell-ref')).toBe(id);
    expect(mail?.headers.has('auto-submitted')).toBe(false);
    expect(mail?.replyTo).toBeUndefined();
    expect(Math.abs((mail?.date?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(mail?.text).toBe(
      [
        'The scanner prints blank pages. It did not yesterday.',
        '',
        '='.repeat(60),
        'Since when:       Today',
        'Who is affected:  A few of us: four in accounting',
        'Way around it:    No',
        'Whom to ask:      Ada Ellis, 616 555 0199, ada@harbour-tea.example',
        '',
        `[ref ${id}]`,
        '',
      ].join('\n'),
    );
  });

  it('says first that it is an emergency', async () => {
    const { route, arrived, mails } = await server();
    await connectTo(route).create(problem({ emergency: true, impact: 'stopped' }), ref());
    await connectTo(route).create(problem({ impact: 'stopped' }), ref());
    const [emergency, stopped] = await mails();
    const isImportant = arrived.map(({ raw }) => /^Importance: high\r$/m.test(raw.toString()));
    expect(isImportant).toEqual([true, false]);
    expect(emergency?.subject).toBe('EMERGENCY: The scanner prints blank pages');
    expect(emergency?.text).toContain('Emergency:');
    expect(stopped?.subject).toBe('Work stopped: The scanner prints blank pages');
  });

  it('goes to billing, too, when somebody joins or leaves, and only then', async () => {
    const { route, arrived, mails } = await server();
    const desk = connectTo(route);
    await desk.create(problem({ kind: 'joining' }), ref());
    await desk.create(problem({ kind: 'leaving' }), ref());
    await desk.create(problem(), ref());
    expect(arrived.map(({ to }) => to)).toEqual([[DESK, BILLING], [DESK, BILLING], [DESK]]);
    const copied = (await mails()).map(({ cc }) => [cc].flat()[0]?.text ?? '');
    expect(copied).toEqual([BILLING, BILLING, '']);
  });

  it('is answered to the user and to the colleague who is to be asked', async () => {
    const { route, mails } = await server();
    const desk = connectTo(route);
    const contact = (email: string) => ({ contact: { name: 'Priya Raman', phone: '', email } });
    await desk.create(problem(contact('priya@harbour-tea.example')), ref());
    await desk.create(problem(contact('ADA@harbour-tea.example')), ref());
    await desk.create(problem(contact('ask at the front desk')), ref());
    const answered = (await mails()).map(({ replyTo }) => replyTo?.value.map(({ address }) => address) ?? []);
    expect(answered).toEqual([[ADA.email, 'priya@harbour-tea.example'], [], []]);
  });

  it('keeps files with names in any script, of any size', async () => {
    const { route, mails } = await server();
    const names = [
      'Bildschirm ü.png',
      'סורק.pdf',
      '扫描 (2).txt',
      '🖨️.bin',
      'a"b\\c;d=e.txt',
      `${'ß'.repeat(180)}.log`,
    ];
    const files = names.map((name, at) => outgoingFile(name, Buffer.alloc(at * 1000, at), 'image/png'));
    const big = outgoingFile('big.bin', Buffer.alloc(3_000_000, 7), 'multipart/mixed; boundary=x');
    const progress: number[] = [];
    const sent = await connectTo(route).create(problem({}, [...files, big]), ref(), {
      onProgress: (bytes) => progress.push(bytes),
    });
    expect(sent.ok).toBe(true);
    const attachments = (await mails())[0]?.attachments ?? [];
    expect(attachments.map(({ filename }) => filename)).toEqual([...names, 'big.bin']);
    expect(attachments.map(({ size }) => size)).toEqual([...files, big].map(({ size }) => size));
    expect(attachments.at(-1)?.contentType).toBe('application/octet-stream');
    expect(progress.length).toBeGreaterThan(10);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe([...files, big].reduce((sum, { size }) => sum + size, 0));
  });

  it('that follows belongs to the first', async () => {
    const { route, mails } = await server();
    const desk = connectTo(route);
    const filed = problem({ emergency: true });
    const [first, second] = [ref(), ref()];
    const { ticketId } = receiptOf(await desk.create(filed, first));
    const receipt = receiptOf(
      await desk.addMessage(ticketId, { text: 'Any news?', files: [], filed }, second),
    );
    expect(receipt).toEqual({ ticketId: first, ticketNumber: '', via: 'email' });
    const [before, after] = await mails();
    expect(after?.inReplyTo).toBe(before?.messageId);
    expect([after?.references].flat()).toEqual([before?.messageId]);
    expect(after?.subject).toBe(`Re: ${before?.subject}`);
    expect(after?.messageId).toBe(`<${second}@harbour-tea.example>`);
    expect(after?.text).toContain(`[ref ${first}]`);
    expect(faultOf(await desk.addMessage('no-such-ticket', { text: 'x', files: [] }, ref()))).toEqual({
      kind: 'conflict',
      reason: 'gone',
    });
  });

  it('has the same Message-ID when it is sent again', async () => {
    const { route, count } = await server();
    const id = ref();
    await connectTo(route).create(problem(), id);
    await connectTo(route).create(problem(), id);
    expect(count(`<${id}@harbour-tea.example>`)).toBe(2);
  });
});

describe('the way to the server', () => {
  it.each(['tls', 'starttls'] as const)('is private (%s), and signed in', async (security) => {
    const { route, ca, arrived, signedIn } = await server({ security, users: USERS });
    const desk = connectTo({ ...route, host: 'localhost' }, { ca, credential: PASSWORD });
    expect(await desk.whoAmI()).toEqual({ ok: true, value: { id: ADA.email, ...ADA } });
    expect((await desk.create(problem(), ref())).ok).toBe(true);
    expect([arrived.length, signedIn]).toEqual([1, ['ada', 'ada']]);
  });

  const strangers: readonly [string, () => MailServerOptions, string][] = [
    ['of somebody nobody knows', () => ({}), '127.0.0.1'],
    ['for another name', () => ({ certificate: createAuthority().issue(['mail.example.com']) }), 'localhost'],
  ];
  describe.each(['tls', 'starttls'] as const)('with %s', (security) => {
    it.each(strangers)('is not taken with a certificate %s', async (_which, options, host) => {
      const { route, arrived } = await server({ security, ...options() });
      const desk = connectTo({ ...route, host });
      expect(faultOf(await desk.create(problem(), ref()))).toEqual({ kind: 'offline', cause: 'certificate' });
      expect(arrived).toEqual([]);
    });

    it('is not taken with a certificate that is over', async () => {
      const authority = createAuthority();
      const over = { from: new Date('2020-01-01'), to: new Date('2020-02-01') };
      const certificate = authority.issue(['localhost'], over);
      const { route } = await server({ security, certificate });
      const desk = connectTo({ ...route, host: 'localhost' }, { ca: authority.ca });
      expect(faultOf(await desk.whoAmI())).toEqual({ kind: 'offline', cause: 'certificate' });
    });

    it('is not taken in clear, not even the password', async () => {
      const { route, signedIn } = await server({ security: 'none', users: USERS });
      const desk = connectTo({ ...route, security }, { credential: PASSWORD });
      expect(faultOf(await desk.create(problem(), ref()))).toEqual({ kind: 'offline', cause: 'certificate' });
      expect(signedIn).toEqual([]);
    });
  });

  it('is never in clear beyond this computer', async () => {
    const { route } = await server();
    const desk = connectTo({ ...route, host: 'mail.example.com' });
    expect(faultOf(await desk.whoAmI())).toEqual({ kind: 'offline', cause: 'certificate' });
  });

  it('is not there when nobody listens', async () => {
    const { route, close } = await server();
    closing.pop();
    await close();
    expect(faultOf(await connectTo(route).create(problem(), ref()))).toEqual({
      kind: 'offline',
      cause: 'unreachable',
    });
  });

  it('is not there when the name does not exist', async () => {
    const { route } = await server();
    const fault = faultOf(
      await connectTo({ ...route, security: 'tls', host: 'no-such-host.invalid' }).whoAmI(),
    );
    expect(fault?.kind === 'offline' ? fault.cause : fault).toMatch(/^(unreachable|noNetwork)$/);
  });

  it.each<[string, (socket: net.Socket) => void, DeskFault]>([
    ['says nothing', () => undefined, { kind: 'offline', cause: 'timeout' }],
    ['hangs up', (socket) => socket.end(), { kind: 'offline', cause: 'unreachable' }],
    [
      'speaks something else',
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      { kind: 'offline', cause: 'captivePortal' },
    ],
  ])('is offline when the other side %s', async (_what, talk, fault) => {
    const route = await rawServer(talk);
    expect(faultOf(await connectTo(route, { limits: IMPATIENT }).create(problem(), ref()))).toEqual(fault);
  });
});

describe('what the server says', () => {
  const REFUSED = 'I do not like this';
  const rejected = (code: number): DeskFault => ({
    kind: 'rejected',
    message: `${code} ${REFUSED}`,
    fields: [],
  });
  it.each<['mail' | 'rcpt' | 'data', number, (fault: DeskFault | null) => unknown, unknown]>([
    ['mail', 550, (fault) => fault, rejected(550)],
    ['rcpt', 550, (fault) => fault, rejected(550)],
    ['data', 554, (fault) => fault, rejected(554)],
    ['mail', 451, (fault) => fault, { kind: 'serverFault', status: 451 }],
    ['rcpt', 450, (fault) => fault, { kind: 'serverFault', status: 450 }],
    ['data', 452, (fault) => fault, { kind: 'serverFault', status: 452 }],
    ['mail', 421, (fault) => fault?.kind, 'throttled'],
    ['data', 421, (fault) => fault?.kind, 'throttled'],
    ['mail', 530, (fault) => fault, { kind: 'authExpired' }],
  ])('at %s: %i', async (stage, code, look, expected) => {
    const { route, refuse, arrived } = await server();
    refuse({ stage, code, words: REFUSED });
    const desk = connectTo(route);
    const id = ref();
    expect(look(faultOf(await desk.create(problem(), id)))).toEqual(expected);
    expect(arrived).toEqual([]);
    expect((await desk.create(problem(), id)).ok).toBe(true);
  });

  it.each([
    [454, { kind: 'serverFault', status: 454 }],
    [535, { kind: 'authExpired' }],
    [534, { kind: 'authExpired' }],
  ])('to a sign-in: %i', async (code, fault) => {
    const { route, refuse } = await server({ users: USERS });
    refuse({ stage: 'auth', code, words: REFUSED });
    expect(faultOf(await connectTo(route, { credential: PASSWORD }).whoAmI())).toEqual(fault);
  });

  it('to a wrong password, and to none', async () => {
    const { route, arrived } = await server({ users: USERS });
    const wrong = connectTo(route, { credential: { ...PASSWORD, password: 'wrong' } });
    expect(faultOf(await wrong.whoAmI())).toEqual({ kind: 'authExpired' });
    expect(faultOf(await wrong.create(problem(), ref()))).toEqual({ kind: 'authExpired' });
    const signedOut = connectTo(route, { credential: null });
    expect(faultOf(await signedOut.create(problem(), ref()))).toEqual({ kind: 'authExpired' });
    expect(arrived).toEqual([]);
  });

  it('to nobody: it offers no sign-in, and gets no password', async () => {
    const { route, signedIn } = await server({ users: USERS, without: ['AUTH'] });
    expect(faultOf(await connectTo(route, { credential: PASSWORD }).whoAmI())?.kind).toBe('rejected');
    expect(signedIn).toEqual([]);
  });

  it('to everybody: a greeting that turns away is tried again', async () => {
    const { route, refuse } = await server();
    refuse({ stage: 'connect', code: 554, words: 'Not from there' });
    expect(faultOf(await connectTo(route).create(problem(), ref()))).toEqual({
      kind: 'serverFault',
      status: 554,
    });
  });

  describe.each([[[]], [['PIPELINING']]] as const)('about the copy for billing (without %j)', (without) => {
    const joining = problem({ kind: 'joining' });
    it('for good: the desk gets it and is told', async () => {
      const { route, refuse, arrived, mails } = await server({ without: [...without] });
      refuse({ stage: 'rcpt', code: 550, words: 'No such user', address: BILLING });
      expect((await connectTo(route).create(joining, ref())).ok).toBe(true);
      expect(arrived.map(({ to }) => to)).toEqual([[DESK]]);
      const [mail] = await mails();
      expect(mail?.text).toContain(`${BILLING}: 550 No such user.`);
      expect(mail?.cc).toBeUndefined();
    });

    it('for now: both wait', async () => {
      const { route, refuse, arrived } = await server({ without: [...without] });
      refuse({ stage: 'rcpt', code: 451, words: 'Later', address: BILLING });
      expect(faultOf(await connectTo(route).create(joining, ref()))).toEqual({
        kind: 'serverFault',
        status: 451,
      });
      expect(arrived).toEqual([]);
    });

    it('of the desk itself: nobody gets it', async () => {
      const { route, refuse, arrived } = await server({ without: [...without] });
      refuse({ stage: 'rcpt', code: 550, words: REFUSED, address: DESK });
      expect(faultOf(await connectTo(route).create(joining, ref()))).toEqual(rejected(550));
      expect(arrived).toEqual([]);
    });
  });
});

describe('a limit of size', () => {
  const files = [
    outgoingFile('small.txt', Buffer.alloc(1000)),
    outgoingFile('film.mp4', Buffer.alloc(400_000)),
    outgoingFile('picture.png', Buffer.alloc(200_000)),
  ];

  it('is looked at before anything is sent', async () => {
    const { route, arrived } = await server({ size: 300_000 });
    const opened: string[] = [];
    const watched = files.map((file) => ({
      ...file,
      open: () => {
        opened.push(file.name);
        return file.open();
      },
    }));
    const fault = faultOf(await connectTo(route).create(problem({}, watched), ref()));
    expect(fault).toMatchObject({
      kind: 'rejected',
      fields: [{ pointer: '/files/1' }],
      tooLarge: { limit: 300_000 },
    });
    expect(fault?.kind === 'rejected' && fault.tooLarge?.bytes).toBeGreaterThan(800_000);
    expect([opened, arrived]).toEqual([[], []]);
  });

  it('is kept to the byte', async () => {
    const { route: plain, arrived } = await server();
    const id = ref();
    await connectTo(plain).create(problem({}, files), id);
    const needed = arrived[0]?.raw.length ?? 0;
    const fits = await server({ size: needed });
    expect((await connectTo(fits.route).create(problem({}, files), id)).ok).toBe(true);
    const tight = await server({ size: needed - 1 });
    expect(faultOf(await connectTo(tight.route).create(problem({}, files), id))).toMatchObject({
      tooLarge: { bytes: needed, limit: needed - 1 },
    });
  });

  it('is told by the check', async () => {
    const { route } = await server({ size: 10 * 1024 * 1024, users: USERS });
    const checks = await connectTo(route, { credential: PASSWORD }).check();
    expect(checks.ok && checks.value.map(({ subject, name, outcome }) => [subject, name, outcome])).toEqual([
      ['reach', `127.0.0.1:${route.port}`, 'good'],
      ['certificate', '127.0.0.1', 'limited'],
      ['signIn', '', 'good'],
      ['size', '10 MB', 'limited'],
    ]);
  });
});

describe('a session that breaks', () => {
  const expected: Partial<Record<LineFault, DeskFault>> = {
    silent: { kind: 'offline', cause: 'timeout' },
    portal: { kind: 'offline', cause: 'captivePortal' },
    answerCut: { kind: 'ambiguous', cause: 'reset' },
    answerLost: { kind: 'ambiguous', cause: 'reset' },
    answerSilent: { kind: 'ambiguous', cause: 'timeout' },
    answerGarbled: { kind: 'ambiguous', cause: 'badAnswer' },
    inContent: { kind: 'ambiguous', cause: 'reset' },
  };
  it.each(Object.keys(LINE_FAULTS) as LineFault[])('%s', async (fault) => {
    const mails = await server();
    const line = await startLine(mails.route.port);
    closing.push(() => line.close());
    line.meet(fault);
    // Only where silence is what is tested.
    const limits = fault === 'silent' ? { reply: 500 } : fault === 'answerSilent' ? { answer: 500 } : {};
    const desk = connectTo({ ...mails.route, port: line.port }, { limits });
    const files = [outgoingFile('big.bin', Buffer.alloc(600_000, 1))];
    const id = ref();
    const sent = faultOf(await desk.create(problem({}, files), id));
    expect(sent).toEqual(expected[fault] ?? { kind: 'offline', cause: 'unreachable' });
    expect(mails.count(id)).toBe(LINE_FAULTS[fault].committed ? 1 : 0);
    expect(await desk.findByRef(id)).toEqual({ kind: 'impossible' });
  });

  it('because the user ends Deskbell: nothing has left, or it is in doubt', async () => {
    const mails = await server();
    const desk = connectTo(mails.route);
    const early = new AbortController();
    early.abort();
    expect(faultOf(await desk.create(problem(), ref(), { signal: early.signal }))).toEqual({
      kind: 'offline',
      cause: 'unreachable',
    });
    mails.slowDown(5_000);
    const late = new AbortController();
    const sending = desk.create(problem(), ref(), { signal: late.signal });
    await expect.poll(() => mails.arrived.length).toBe(1);
    late.abort();
    expect(faultOf(await sending)).toEqual({ kind: 'ambiguous', cause: 'reset' });
  });

  it('waits longer for the last answer than for any other', async () => {
    const mails = await server();
    mails.slowDown(4_000);
    // Every other reply comes at once, as far as a busy machine lets it.
    const desk = connectTo(mails.route, { limits: { reply: 3_000, answer: 20_000 } });
    expect((await desk.create(problem(), ref())).ok).toBe(true);
  });
});

describe('what it cannot do', () => {
  it('is not tried', async () => {
    const { route, arrived } = await server();
    const desk = connectTo(route);
    expect(desk.capabilities).toMatchObject({
      read: false,
      idempotency: 'none',
      rating: 'none',
      join: false,
    });
    expect(await desk.agreement()).toEqual({ ok: true, value: null });
    expect(await desk.announcements()).toEqual({ ok: true, value: [] });
    expect((await desk.setState(ref(), 'works', '', ref())).ok).toBe(false);
    expect(
      (await desk.rate(ref(), { overall: 5, time: 5, quality: 5, process: 5, people: 5 }, '', ref())).ok,
    ).toBe(false);
    expect((await desk.join('x', ref())).ok).toBe(false);
    expect(arrived).toEqual([]);
  });
});
