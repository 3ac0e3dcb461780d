import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { emptyIntake } from '@shared/domain/intake';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import type { Result } from '@shared/domain/result';
import type { Ticket } from '@shared/domain/ticket';
import type { BoardPush, DeskConnector, RefLookup, TicketCreation } from '../../src-main/desk/connector';
import { ref } from '../support/samples';
import { value } from '../support/value';
import { outgoingFile, type BoardKind, type BoardUnderTest, type ConnectOptions } from './board';
import { PROXY_FAULTS, startFaultProxy, type FaultProxy, type ProxyFault } from './fault-proxy';

const ANSWERS = { overall: 5, time: 4, quality: 3, process: 2, people: 1 } as const;
const PATIENT = { timeout: 30_000 };
const VERY_PATIENT = { timeout: 240_000 };
const STARTING_MS = 180_000;
/** How long a look-up may leave open what became of a write, in ms: boards that cannot tell at once are waited for. */
const OPEN_MS = 20_000;

const problem = (text: string, files: TicketCreation['files'] = []): TicketCreation => ({
  summary: text.slice(0, 100),
  intake: {
    ...emptyIntake({ name: 'Ada Ellis', phone: '555 0100', email: 'ada@example.com' }),
    problem: text,
  },
  files,
});

/** All tickets changed since a cursor, page by page. */
async function listAll(
  desk: DeskConnector,
  from: string | null,
): Promise<{ tickets: Ticket[]; cursor: string }> {
  const tickets: Ticket[] = [];
  let cursor = from;
  for (;;) {
    const page = value(await desk.listChanged(cursor));
    tickets.push(...page.tickets);
    cursor = page.cursor;
    if (!page.more) return { tickets, cursor };
  }
}

/** What became of a write, when the board can say. */
async function settledLookup(desk: DeskConnector, id: Ref): Promise<RefLookup> {
  const start = Date.now();
  for (;;) {
    const found = await desk.findByRef(id);
    if (found.kind !== 'unknown' || Date.now() - start > OPEN_MS) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What every connector must do, whatever the board (DESIGN: the connector port). */
export function describeConformance(kind: BoardKind): void {
  const { name, capabilities, createPath, start, isSlow = false, startProxy = startFaultProxy } = kind;
  const faults = kind.faults ?? (Object.keys(PROXY_FAULTS) as ProxyFault[]);
  const canLookUp = capabilities.idempotency !== 'none';

  describe(`${name}: connector`, () => {
    let board: BoardUnderTest;
    let proxy: FaultProxy;
    let desk: DeskConnector;
    const open: DeskConnector[] = [];

    const closing = (connector: DeskConnector): DeskConnector => {
      open.push(connector);
      return connector;
    };
    const connect = (options: ConnectOptions = {}): DeskConnector => closing(board.connect(options));
    const file = async (
      text = 'The printer prints blank pages',
    ): Promise<Receipt & { readonly ref: Ref }> => {
      const id = ref();
      return { ...value(await desk.create(problem(text), id)), ref: id };
    };

    beforeAll(async () => {
      board = await start();
      proxy = await startProxy(board.url);
      desk = connect();
    }, STARTING_MS);
    afterEach(() => proxy.clear());
    afterAll(async () => {
      open.forEach((connector) => connector.close());
      await proxy.close();
      await board.close();
    });

    it('says what it can do', () => expect(desk.capabilities).toEqual(capabilities));

    it('files a ticket and gives what people say on the phone', async () => {
      const receipt = await file();
      if (capabilities.read) expect(receipt.ticketNumber).not.toBe('');
      expect(await board.carriedOut(receipt.ref)).toBe(1);
    });

    it('asks to sign in when the session is over', async () => {
      const stranger = connect({ isSignedOut: () => true });
      const expired = { ok: false, fault: { kind: 'authExpired' } };
      expect(await stranger.whoAmI()).toEqual(expired);
      expect(await stranger.create(problem('x'), ref())).toEqual(expired);
      if (canLookUp)
        expect(await stranger.findByRef(ref())).toEqual({ kind: 'unknown', fault: { kind: 'authExpired' } });
    });

    it('is offline when the board is not there, and nothing arrives', async () => {
      const gone = await startProxy(board.url);
      await gone.close();
      const id = ref();
      expect(await connect({ url: gone.url }).create(problem('x'), id)).toMatchObject({
        ok: false,
        fault: { kind: 'offline' },
      });
      expect(await board.carriedOut(id)).toBe(0);
    });

    if (canLookUp) describeLookup();
    if (capabilities.read) describeReading();
    if (capabilities.idempotency === 'header') describeRepetition();
    if (capabilities.files !== 'none') describeFiles();
    if (capabilities.push) describePush();
    if (capabilities.join) describeOutages();
    describeConversation();
    if (faults.length > 0) describeFaults();

    function describeLookup(): void {
      it('knows a write by its ref, and that it does not know another one', PATIENT, async () => {
        const { ref: id, ticketId, ticketNumber } = await file();
        const receipt = { kind: 'receipt', receipt: { ticketId, ticketNumber } };
        expect(await desk.findByRef(id)).toEqual(receipt);
        // Also a Deskbell that did not write it.
        expect(await connect().findByRef(id)).toEqual(receipt);
        expect(await settledLookup(desk, ref())).toEqual({ kind: 'absent' });
      });

      it('carries out a write once that is told twice at the same moment', PATIENT, async () => {
        const id = ref();
        const all = await Promise.all(Array.from({ length: 4 }, () => desk.create(problem('once'), id)));
        expect(new Set(all.map((result) => value(result).ticketId)).size).toBe(1);
        expect(await board.carriedOut(id)).toBe(1);
      });
    }

    function describeReading(): void {
      it('reads a ticket back as it was filed', PATIENT, async () => {
        const text = 'Der Drucker \u{1F5A8}\uFE0F sagt \u05E9\u05DC\u05D5\u05DD <b>"nein"</b> & \\ geht';
        const { ref: id, ticketId, ticketNumber } = await file(text);
        const ticket = value(await desk.get(ticketId));
        expect(ticket).toMatchObject({
          id: ticketId,
          number: ticketNumber,
          ref: id,
          summary: text,
          closed: false,
          messages: [{ text, ref: id, author: { kind: 'requester' } }],
        });
        expect(value(await desk.get(ticketId))).toEqual(ticket);
        expect(value(await connect().get(ticketId))).toEqual(ticket);
      });

      it('says that a ticket is not there', async () => {
        expect(await desk.get('no-such-ticket')).toEqual({
          ok: false,
          fault: { kind: 'conflict', reason: 'gone' },
        });
      });

      it('lists what changed since a cursor, and nothing else', PATIENT, async () => {
        const { cursor } = await listAll(desk, null);
        expect((await listAll(desk, cursor)).tickets).toEqual([]);
        const [first, second] = [await file(), await file()];
        const changed = await listAll(desk, cursor);
        expect(changed.tickets.map(({ id }) => id)).toEqual([first.ticketId, second.ticketId]);
        await board.reply(first.ticketId, 'Could you try another tray?');
        const later = await listAll(desk, changed.cursor);
        expect(later.tickets.map(({ id }) => id)).toEqual([first.ticketId]);
        expect(later.tickets[0]).toEqual(value(await desk.get(first.ticketId)));
        expect((await listAll(desk, later.cursor)).tickets).toEqual([]);
      });

      it('lists everything from the beginning, over as many pages as it takes', VERY_PATIENT, async () => {
        const { desk: busy, count } = await board.many();
        const ids = (await listAll(closing(busy), null)).tickets.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(count);
      });

      it('shows what the engineer wrote as the engineer', PATIENT, async () => {
        const { ticketId } = await file();
        await board.reply(ticketId, 'Is the cable in?');
        const last = value(await desk.get(ticketId)).messages.at(-1);
        expect(last).toMatchObject({ text: 'Is the cable in?', ref: null, author: { kind: 'staff' } });
      });
    }

    function describeRepetition(): void {
      it('gives the first answer again to a repeated write, also from another client', async () => {
        const id = ref();
        const clients = Array.from({ length: 5 }, () => connect());
        const all = await Promise.all(clients.map((client) => client.create(problem('once'), id)));
        expect(new Set(all.map((result) => value(result).ticketId)).size).toBe(1);
        expect(await board.carriedOut(id)).toBe(1);
      });

      it('does not take other content under the same ref', async () => {
        const id = ref();
        value(await desk.create(problem('one thing'), id));
        const other = await desk.create(problem('another thing'), id);
        expect(other).toEqual({ ok: false, fault: { kind: 'conflict', reason: 'duplicate' } });
      });
    }

    function describeConversation(): void {
      it('adds a message once, under its ref', PATIENT, async () => {
        const { ticketId } = await file();
        const id = ref();
        value(await desk.addMessage(ticketId, { text: 'It is the tray.', files: [] }, id));
        expect(await board.carriedOut(id)).toBe(1);
        if (!capabilities.read) return;
        const own = value(await desk.get(ticketId)).messages.filter((message) => message.ref === id);
        expect(own).toMatchObject([{ text: 'It is the tray.', author: { kind: 'requester' } }]);
      });

      it('keeps messages in the order they were written', PATIENT, async () => {
        const { ticketId } = await file();
        const texts = ['one', 'two', 'three'];
        for (const text of texts) value(await desk.addMessage(ticketId, { text, files: [] }, ref()));
        if (!capabilities.read) return;
        const said = value(await desk.get(ticketId)).messages.map((message) => message.text);
        expect(said.slice(-texts.length)).toEqual(texts);
      });

      it('takes a very long message whole', PATIENT, async () => {
        const { ticketId } = await file();
        const text = 'ü'.repeat(99_999) + '!';
        const id = ref();
        value(await desk.addMessage(ticketId, { text, files: [] }, id));
        if (capabilities.read)
          expect(value(await desk.get(ticketId)).messages.find((one) => one.ref === id)?.text).toBe(text);
      });

      if (capabilities.read) {
        it('refuses a message to a ticket that is not there', async () => {
          for (const nowhere of ['no-such-ticket', '987654321']) {
            const result = await desk.addMessage(nowhere, { text: 'x', files: [] }, ref());
            expect(result.ok ? 'taken' : result.fault.kind).toMatch(/^(rejected|conflict)$/);
          }
        });
      }

      if (capabilities.reopen !== 'none') {
        it('opens a resolved ticket again that is still broken', PATIENT, async () => {
          const { ticketId } = await file();
          await board.resolve(ticketId);
          expect(value(await desk.get(ticketId))).toMatchObject({ step: 'resolved', closed: false });
          value(await desk.setState(ticketId, 'stillBroken', 'Blank again.', ref()));
          const ticket = value(await desk.get(ticketId));
          expect(ticket.step).not.toBe('resolved');
          expect(ticket.messages.at(-1)).toMatchObject({
            text: 'Blank again.',
            author: { kind: 'requester' },
          });
        });
      }

      if (capabilities.confirm) {
        it('closes a ticket that works, also one that was open again in between', PATIENT, async () => {
          const { ticketId } = await file();
          await board.resolve(ticketId);
          if (capabilities.reopen !== 'none') {
            value(await desk.setState(ticketId, 'stillBroken', '', ref()));
            await board.resolve(ticketId);
            expect(value(await desk.get(ticketId)).closed).toBe(false);
          }
          value(await desk.setState(ticketId, 'works', '', ref()));
          expect(value(await desk.get(ticketId))).toMatchObject({ closed: true, withdrawn: false });
        });

        it('does not take that it works before it is resolved', PATIENT, async () => {
          const { ticketId } = await file();
          const result = await desk.setState(ticketId, 'works', '', ref());
          expect(result).toEqual({ ok: false, fault: { kind: 'conflict', reason: 'stale' } });
        });
      }

      if (capabilities.withdraw) {
        it('withdraws a ticket', async () => {
          const { ticketId } = await file();
          value(await desk.setState(ticketId, 'withdraw', '', ref()));
          expect(value(await desk.get(ticketId))).toMatchObject({ withdrawn: true, closed: true });
        });
      }

      if (capabilities.rating !== 'none') {
        it('takes a survey once', PATIENT, async () => {
          const { ticketId } = await fileToRate();
          expect(value(await desk.get(ticketId)).survey).toBe('waiting');
          value(await desk.rate(ticketId, ANSWERS, 'Thank you', ref()));
          expect(value(await desk.get(ticketId)).survey).toBe('answered');
          const again = await connect().rate(ticketId, ANSWERS, '', ref());
          expect(again).toMatchObject({ ok: false, fault: { kind: 'conflict' } });
        });
      }
    }

    /** A ticket whose survey waits. */
    async function fileToRate(): Promise<Receipt> {
      const receipt = await file();
      await board.resolve(receipt.ticketId);
      if (capabilities.confirm) value(await desk.setState(receipt.ticketId, 'works', '', ref()));
      return receipt;
    }

    function describeOutages(): void {
      const outage = async (id: string) =>
        value(await desk.announcements()).find((announcement) => announcement.id === id);

      it('puts a person on the list of an outage once, however often they say so', async () => {
        await board.announceOutage('mail-1', 'ongoing');
        const before = await outage('mail-1');
        expect(before).toMatchObject({ joined: false });
        const id = ref();
        value(await desk.join('mail-1', id));
        value(await desk.join('mail-1', id));
        value(await desk.join('mail-1', ref()));
        expect(await board.carriedOut(id)).toBe(1);
        expect(await outage('mail-1')).toMatchObject({ joined: true, affected: (before?.affected ?? 0) + 1 });
        expect(await desk.findByRef(id)).toMatchObject({ kind: 'receipt' });
      });

      it('refuses to join what is over or not there', async () => {
        await board.announceOutage('mail-2', 'over');
        expect(await desk.join('mail-2', ref())).toEqual({
          ok: false,
          fault: { kind: 'conflict', reason: 'closed' },
        });
        const missing = await desk.join('no-such-outage', ref());
        expect(missing.ok ? 'taken' : missing.fault.kind).toMatch(/^(rejected|conflict)$/);
      });
    }

    function describeFiles(): void {
      const pattern = (length: number, seed: number): Uint8Array =>
        Uint8Array.from({ length }, (_, index) => (index * 7 + seed) % 256);

      /** Files a ticket with the files, and checks that the board gives them back byte by byte. */
      async function roundTrip(files: ReturnType<typeof outgoingFile>[]): Promise<void> {
        const { ticketId } = value(await desk.create(problem('with files', files), ref()));
        if (!capabilities.read) return;
        const ticket = value(await desk.get(ticketId));
        const attachments = ticket.messages.flatMap((message) => message.attachments);
        expect(attachments.map(({ name: called, size }) => [called, size])).toEqual(
          files.map(({ name: called, size }) => [called, size]),
        );
        for (const [index, { id }] of attachments.entries()) {
          const bytes = (await files[index]?.open()) ?? new Uint8Array();
          expect(Buffer.compare(value(await desk.download(ticketId, id)), bytes)).toBe(0);
        }
      }

      it('carries files there and back, byte for byte, with names in any script', PATIENT, async () => {
        await roundTrip([
          outgoingFile('Bildschirm \u{1F4F7}.png', pattern(300_000, 0), 'image/png'),
          outgoingFile('\u05D3\u05D5\u05D7 \u0437\u0430 2026 \u5831\u544A.pdf', pattern(300_000, 1)),
          outgoingFile("it's; a=b, (1) [2] {3} & <4> %41.txt", Buffer.from('für ß\r\n'), 'text/plain'),
          outgoingFile('latin.txt', Buffer.from('für ß', 'latin1'), 'text/plain'),
          outgoingFile('mail.eml', Buffer.from('Subject: ü\r\n\r\nü', 'latin1'), 'message/rfc822'),
        ]);
      });

      it('carries a name with quotes', PATIENT, () =>
        roundTrip([outgoingFile('report "final" 100%.pdf', pattern(1_000, 2), 'application/pdf')]),
      );

      it(
        `${kind.refusesEmptyFiles ? 'says which file is empty' : 'carries an empty file'}`,
        PATIENT,
        async () => {
          const files = [
            outgoingFile('full.txt', Buffer.from('full'), 'text/plain'),
            outgoingFile('leer \u{1F4C4}.txt', new Uint8Array(), 'text/plain'),
          ];
          if (!kind.refusesEmptyFiles) return roundTrip(files);
          const result = await desk.create(problem('an empty file', files), ref());
          expect(result).toMatchObject({ fault: { kind: 'rejected', fields: [{ pointer: '/files/1' }] } });
        },
      );

      it('carries a file of 25 MB', VERY_PATIENT, () =>
        roundTrip([outgoingFile('large.bin', pattern(25 * 1024 * 1024, 3))]),
      );

      it('says how far the files are', PATIENT, async () => {
        const files = [0, 1].map((seed) => outgoingFile(`${seed}.bin`, pattern(300_000, seed)));
        const progress: [number, number][] = [];
        const onProgress = (sent: number, total: number): void => void progress.push([sent, total]);
        value(await desk.create(problem('with files', files), ref(), { onProgress }));
        expect(progress.at(-1)).toEqual([600_000, 600_000]);
        expect(progress.every(([sent], index) => sent >= (progress[index - 1]?.[0] ?? 0))).toBe(true);
      });

      it('carries files along with a message, also without words', PATIENT, async () => {
        const { ticketId } = await file();
        const id = ref();
        const files = [outgoingFile('Bild.png', pattern(1_000, 4), 'image/png')];
        value(await desk.addMessage(ticketId, { text: '', files }, id));
        if (!capabilities.read) return;
        const message = value(await desk.get(ticketId)).messages.find((one) => one.ref === id);
        expect(message?.attachments).toMatchObject([{ name: 'Bild.png', size: 1_000 }]);
      });

      it('says which file is no longer on this computer, and sends nothing', async () => {
        const bytes = Buffer.from('here');
        const lost = { ...outgoingFile('lost.txt', bytes), open: () => Promise.reject(new Error('gone')) };
        const id = ref();
        const result = await desk.create(problem('lost file', [outgoingFile('here.txt', bytes), lost]), id);
        expect(result).toMatchObject({
          ok: false,
          fault: { kind: 'rejected', fields: [{ pointer: '/files/1' }] },
        });
        expect(await board.carriedOut(id)).toBe(0);
      });

      if (faults.includes('resetBefore')) {
        it('has the same file once when the write is repeated', PATIENT, async () => {
          const shaky = connect({ url: proxy.url });
          const files = [outgoingFile('a.txt', Buffer.from('once'))];
          const id = ref();
          proxy.once(createPath, 'resetBefore');
          expect(await shaky.create(problem('files, twice', files), id)).toMatchObject({ ok: false });
          const { ticketId } = value(await shaky.create(problem('files, twice', files), id));
          if (capabilities.read) {
            expect(
              value(await desk.get(ticketId)).messages.flatMap((message) => message.attachments),
            ).toHaveLength(1);
          }
        });
      }
    }

    function describePush(): void {
      it('pushes what changes, and goes on after the connection was lost', PATIENT, async () => {
        const pushes: BoardPush[] = [];
        const shaky = connect({ url: proxy.url });
        const stop = shaky.subscribe((push) => pushes.push(push));
        await vi.waitFor(() => expect(pushes.map((push) => push.kind)).toEqual(['open']), 5_000);
        const told = (id: TicketId) => pushes.some((push) => push.kind === 'ticket' && push.id === id);
        const { ticketId } = await file();
        await vi.waitFor(() => expect(told(ticketId)).toBe(true), 5_000);
        await proxy.close();
        const missed = await file();
        await proxy.open();
        await vi.waitFor(
          () => expect(told(missed.ticketId) || pushes.some((push) => push.kind === 'reset')).toBe(true),
          15_000,
        );
        expect(pushes.map((push) => push.kind)).toContain('closed');
        stop();
      });
    }

    function describeFaults(): void {
      type Send = (desk: DeskConnector, id: TicketId, ref: Ref) => Promise<Result<Receipt, DeskFault>>;
      interface Case {
        readonly what: string;
        readonly send: Send;
        readonly prepare?: () => Promise<Receipt>;
      }
      const WRITES: Case[] = [
        { what: 'a ticket', send: (on, _id, key) => on.create(problem('under bad conditions'), key) },
        {
          what: 'a message',
          send: (on, id, key) => on.addMessage(id, { text: 'under bad conditions', files: [] }, key),
        },
      ];
      if (capabilities.withdraw)
        WRITES.push({
          what: 'a withdrawal',
          send: (on, id, key) => on.setState(id, 'withdraw', '', key),
        });
      if (capabilities.reopen !== 'none')
        WRITES.push({
          what: 'that it is still broken',
          send: (on, id, key) => on.setState(id, 'stillBroken', 'Still blank.', key),
          async prepare() {
            const receipt = await file();
            await board.resolve(receipt.ticketId);
            return receipt;
          },
        });
      if (capabilities.rating !== 'none')
        WRITES.push({
          what: 'a survey',
          send: (on, id, key) => on.rate(id, ANSWERS, '', key),
          prepare: fileToRate,
        });
      if (capabilities.join)
        WRITES.push({
          what: 'joining an outage',
          send: (on, _id, key) => on.join('mail-faults', key),
          async prepare() {
            await board.announceOutage('mail-faults', 'ongoing');
            return file();
          },
        });
      /** On a slow board every fault meets a ticket, and the others meet one of each sort. */
      const FEW: readonly ProxyFault[] = ['resetBefore', 'errorAfter'];
      const cases = WRITES.flatMap((one, index) =>
        faults
          .filter((fault) => !isSlow || index === 0 || FEW.includes(fault))
          .map((fault) => [one.what, fault, one] as const),
      );

      it.each(cases)('%s that meets %s ends up there exactly once', PATIENT, async (_what, fault, one) => {
        const { ticketId } = await (one.prepare ?? file)();
        const shaky = connect({ url: proxy.url });
        const id = ref();
        proxy.once('/', fault);
        const first = await one.send(shaky, ticketId, id);
        expect(first.ok).toBe(false);
        const isCommitted = PROXY_FAULTS[fault].committed;
        expect(await board.carriedOut(id)).toBe(isCommitted ? 1 : 0);
        if (first.ok) return;
        // What may have arrived is in doubt; nothing else may be repeated without asking.
        if (isCommitted) expect(first.fault.kind).toBe('ambiguous');
        if (!canLookUp) {
          if (first.fault.kind === 'ambiguous') expect((await shaky.findByRef(id)).kind).toBe('impossible');
          return;
        }
        const found = await settledLookup(shaky, id);
        expect(found.kind).toBe(isCommitted ? 'receipt' : 'absent');
        if (found.kind === 'absent') value(await one.send(shaky, ticketId, id));
        expect(await board.carriedOut(id)).toBe(1);
      });

      if (!canLookUp) return;
      const blinding = [
        ...['portal', 'redirect', 'badGateway', 'busy', 'down', 'silence', 'resetBefore'],
        ...['cutAfter', 'pageAfter'],
      ] as ProxyFault[];
      it.each(blinding.filter((fault) => faults.includes(fault)))(
        'does not take a ref for absent when the look-up meets %s',
        PATIENT,
        async (fault) => {
          const shaky = connect({ url: proxy.url });
          proxy.choose((method) => (method === 'GET' ? fault : null));
          expect(await shaky.findByRef(ref())).toMatchObject({ kind: 'unknown' });
        },
      );
    }
  });
}
