import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { emptyIntake } from '@shared/domain/intake';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import type { Result } from '@shared/domain/result';
import type { Ticket } from '@shared/domain/ticket';
import type { BoardPush, DeskConnector, TicketCreation } from '../../src-main/desk/connector';
import { ref } from '../support/samples';
import { outgoingFile, type BoardKind, type BoardUnderTest } from './board';
import { PROXY_FAULTS, startFaultProxy, type FaultProxy, type ProxyFault } from './fault-proxy';

const ANSWERS = { overall: 5, time: 4, quality: 3, process: 2, people: 1 } as const;
const PATIENT = { timeout: 20_000 };

const problem = (text: string, files: TicketCreation['files'] = []): TicketCreation => ({
  summary: text.slice(0, 100),
  intake: {
    ...emptyIntake({ name: 'Ada Ellis', phone: '555 0100', email: 'ada@example.com' }),
    problem: text,
  },
  files,
});

function value<T>(result: Result<T, DeskFault>): T {
  if (!result.ok) throw new Error(`The board did not take it: ${JSON.stringify(result.fault)}`);
  return result.value;
}

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

/** What every connector must do, whatever the board (DESIGN: the connector port). */
export function describeConformance({ name, capabilities, createPath, start }: BoardKind): void {
  describe(`${name}: connector`, () => {
    let board: BoardUnderTest;
    let proxy: FaultProxy;
    let desk: DeskConnector;
    const open: DeskConnector[] = [];

    const connect = (options: Parameters<BoardUnderTest['connect']>[0] = {}): DeskConnector => {
      const connector = board.connect(options);
      open.push(connector);
      return connector;
    };
    const file = async (
      text = 'The printer prints blank pages',
    ): Promise<Receipt & { readonly ref: Ref }> => {
      const id = ref();
      return { ...value(await desk.create(problem(text), id)), ref: id };
    };

    beforeAll(async () => {
      board = await start();
      proxy = await startFaultProxy(board.url);
      desk = connect();
    }, 60_000);
    afterEach(() => proxy.clear());
    afterAll(async () => {
      open.forEach((connector) => connector.close());
      await proxy.close();
      await board.close();
    });

    it('says what it can do', () => expect(desk.capabilities).toEqual(capabilities));

    it('files a ticket and gives what people say on the phone', async () => {
      const receipt = await file();
      expect(receipt.ticketNumber).not.toBe('');
      expect(await board.carriedOut(receipt.ref)).toBe(1);
    });

    it('knows a write by its ref, and that it does not know another one', async () => {
      const { ref: id, ticketId, ticketNumber } = await file();
      expect(await desk.findByRef(id)).toEqual({ kind: 'receipt', receipt: { ticketId, ticketNumber } });
      expect(await desk.findByRef(ref())).toEqual({ kind: 'absent' });
    });

    it('asks to sign in when the session is over', async () => {
      const stranger = connect({ signedOut: true });
      const expired = { ok: false, fault: { kind: 'authExpired' } };
      expect(await stranger.whoAmI()).toEqual(expired);
      expect(await stranger.create(problem('x'), ref())).toEqual(expired);
      expect(await stranger.findByRef(ref())).toEqual({ kind: 'unknown', fault: { kind: 'authExpired' } });
    });

    it('is offline when the board is not there, and nothing arrives', async () => {
      const gone = await startFaultProxy(board.url);
      await gone.close();
      const id = ref();
      expect(await connect({ url: gone.url }).create(problem('x'), id)).toMatchObject({
        ok: false,
        fault: { kind: 'offline' },
      });
      expect(await board.carriedOut(id)).toBe(0);
    });

    if (capabilities.read) describeReading();
    if (capabilities.idempotency === 'header') describeRepetition();
    if (capabilities.files !== 'none') describeFiles();
    if (capabilities.push) describePush();
    if (capabilities.join) describeOutages();
    describeConversation();
    describeFaults();

    function describeReading(): void {
      it('reads a ticket back as it was filed', async () => {
        const text = 'Der Drucker \u{1F5A8}\uFE0F sagt \u05E9\u05DC\u05D5\u05DD <b>"nein"</b> & \\ geht';
        const { ref: id, ticketId, ticketNumber } = await file(text);
        const ticket = value(await desk.get(ticketId));
        expect(ticket).toMatchObject({
          id: ticketId,
          number: ticketNumber,
          ref: id,
          summary: text,
          closed: false,
        });
        expect(value(await desk.get(ticketId))).toEqual(ticket);
      });

      it('says that a ticket is not there', async () => {
        expect(await desk.get('no-such-ticket')).toEqual({
          ok: false,
          fault: { kind: 'conflict', reason: 'gone' },
        });
      });

      it('lists what changed since a cursor, and nothing else', async () => {
        const { cursor } = await listAll(desk, null);
        expect((await listAll(desk, cursor)).tickets).toEqual([]);
        const [first, second] = [await file(), await file()];
        const changed = await listAll(desk, cursor);
        expect(changed.tickets.map(({ id }) => id)).toEqual([first.ticketId, second.ticketId]);
        await board.reply(first.ticketId, 'Could you try another tray?');
        const later = await listAll(desk, changed.cursor);
        expect(later.tickets.map(({ id }) => id)).toEqual([first.ticketId]);
        expect(later.tickets[0]).toEqual(value(await desk.get(first.ticketId)));
      });

      it('lists everything from the beginning, over as many pages as it takes', PATIENT, async () => {
        const filed = await Promise.all(Array.from({ length: 120 }, async () => (await file()).ticketId));
        const ids = (await listAll(desk, null)).tickets.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(filed));
      });

      it('shows what the engineer wrote as the engineer', async () => {
        const { ticketId } = await file();
        await board.reply(ticketId, 'Is the cable in?');
        const last = value(await desk.get(ticketId)).messages.at(-1);
        expect(last).toMatchObject({ text: 'Is the cable in?', ref: null, author: { kind: 'staff' } });
      });
    }

    function describeRepetition(): void {
      it('gives the first answer again to a repeated write, also at the same moment', async () => {
        const id = ref();
        const all = await Promise.all(Array.from({ length: 5 }, () => desk.create(problem('once'), id)));
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
      it('adds a message once, under its ref', async () => {
        const { ticketId } = await file();
        const id = ref();
        value(await desk.addMessage(ticketId, { text: 'It is the tray.', files: [] }, id));
        expect(await board.carriedOut(id)).toBe(1);
        if (!capabilities.read) return;
        const own = value(await desk.get(ticketId)).messages.filter((message) => message.ref === id);
        expect(own).toMatchObject([{ text: 'It is the tray.', author: { kind: 'requester' } }]);
      });

      it('takes a very long message whole', async () => {
        const { ticketId } = await file();
        const text = 'ü'.repeat(99_999) + '!';
        const id = ref();
        value(await desk.addMessage(ticketId, { text, files: [] }, id));
        if (capabilities.read)
          expect(value(await desk.get(ticketId)).messages.find((one) => one.ref === id)?.text).toBe(text);
      });

      it('refuses a message to a ticket that is not there', async () => {
        const result = await desk.addMessage('no-such-ticket', { text: 'x', files: [] }, ref());
        expect(result.ok ? 'taken' : result.fault.kind).toMatch(/^(rejected|conflict)$/);
      });

      if (capabilities.reopen === 'transition') {
        it('opens a resolved ticket again that is still broken, and closes one that works', async () => {
          const { ticketId } = await file();
          await board.resolve(ticketId);
          expect(value(await desk.get(ticketId))).toMatchObject({ step: 'resolved', closed: false });
          value(await desk.setState(ticketId, 'stillBroken', 'Blank again.', ref()));
          expect(value(await desk.get(ticketId)).step).not.toBe('resolved');
          await board.resolve(ticketId);
          value(await desk.setState(ticketId, 'works', '', ref()));
          expect(value(await desk.get(ticketId)).closed).toBe(true);
        });

        it('withdraws a ticket', async () => {
          const { ticketId } = await file();
          value(await desk.setState(ticketId, 'withdraw', '', ref()));
          expect(value(await desk.get(ticketId))).toMatchObject({ withdrawn: true, closed: true });
        });
      }

      if (capabilities.rating !== 'none') {
        it('takes a survey once', async () => {
          const { ticketId } = await file();
          await board.resolve(ticketId);
          value(await desk.setState(ticketId, 'works', '', ref()));
          value(await desk.rate(ticketId, ANSWERS, 'Thank you', ref()));
          expect(value(await desk.get(ticketId)).survey).toBe('answered');
          const again = await desk.rate(ticketId, ANSWERS, '', ref());
          expect(again).toMatchObject({ ok: false, fault: { kind: 'conflict' } });
        });
      }
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
      it('carries files there and back, byte for byte, and says how far they are', async () => {
        const bytes = [0, 1].map((seed) =>
          Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + seed) % 256),
        );
        const names = ['Bildschirm \u{1F4F7}.png', 'report "final" 100%.pdf'];
        const files = bytes.map((content, index) => outgoingFile(names[index] ?? '', content));
        const progress: [number, number][] = [];
        const onProgress = (sent: number, total: number): void => void progress.push([sent, total]);
        const { ticketId } = value(await desk.create(problem('with files', files), ref(), { onProgress }));
        expect(progress.at(-1)).toEqual([600_000, 600_000]);
        expect(progress.every(([sent], index) => sent >= (progress[index - 1]?.[0] ?? 0))).toBe(true);
        if (!capabilities.read) return;
        const attachments = value(await desk.get(ticketId)).messages.flatMap(
          (message) => message.attachments,
        );
        expect(attachments.map((attachment) => attachment.name)).toEqual(names);
        for (const [index, { id }] of attachments.entries()) {
          expect(
            Buffer.compare(value(await desk.download(ticketId, id)), bytes[index] ?? new Uint8Array()),
          ).toBe(0);
        }
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

      it('stages the same file once when the write is repeated', async () => {
        const shaky = connect({ url: proxy.url });
        const files = [outgoingFile('a.txt', Buffer.from('once'))];
        const id = ref();
        proxy.once('POST', createPath, 'resetBefore');
        expect(await shaky.create(problem('files, twice', files), id)).toMatchObject({ ok: false });
        const { ticketId } = value(await shaky.create(problem('files, twice', files), id));
        if (capabilities.read) {
          expect(
            value(await desk.get(ticketId)).messages.flatMap((message) => message.attachments),
          ).toHaveLength(1);
        }
      });
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
      const WRITES: [
        string,
        (desk: DeskConnector, id: TicketId, ref: Ref) => Promise<Result<Receipt, DeskFault>>,
      ][] = [
        ['a ticket', (on, _id, key) => on.create(problem('under bad conditions'), key)],
        ['a message', (on, id, key) => on.addMessage(id, { text: 'under bad conditions', files: [] }, key)],
      ];
      if (capabilities.reopen === 'transition') {
        WRITES.push(['a withdrawal', (on, id, key) => on.setState(id, 'withdraw', '', key)]);
      }
      if (capabilities.rating !== 'none') {
        WRITES.push(['a survey', (on, id, key) => on.rate(id, ANSWERS, '', key)]);
      }
      if (capabilities.join) {
        WRITES.push(['joining an outage', (on, _id, key) => on.join('mail-faults', key)]);
      }
      const faults = Object.keys(PROXY_FAULTS) as ProxyFault[];
      const cases = WRITES.flatMap(([what, write]) => faults.map((fault) => [what, fault, write] as const));

      it.each(cases)('%s that meets %s ends up there exactly once', PATIENT, async (what, fault, write) => {
        const { ticketId } = await file();
        if (what === 'a survey') {
          await board.resolve(ticketId);
          value(await desk.setState(ticketId, 'works', '', ref()));
        }
        if (what === 'joining an outage') await board.announceOutage('mail-faults', 'ongoing');
        const shaky = connect({ url: proxy.url });
        const id = ref();
        proxy.once('POST', '/', fault);
        const first = await write(shaky, ticketId, id);
        expect(first.ok).toBe(false);
        expect(await board.carriedOut(id)).toBe(PROXY_FAULTS[fault].committed ? 1 : 0);
        if (first.ok) return;
        // What may have arrived is in doubt; nothing else may be repeated without asking.
        if (PROXY_FAULTS[fault].committed) expect(first.fault.kind).toBe('ambiguous');
        const found = await shaky.findByRef(id);
        expect(found.kind).toBe(PROXY_FAULTS[fault].committed ? 'receipt' : 'absent');
        if (found.kind === 'absent') value(await write(shaky, ticketId, id));
        expect(await board.carriedOut(id)).toBe(1);
      });

      it.each([
        'portal',
        'redirect',
        'badGateway',
        'busy',
        'down',
        'silence',
        'resetBefore',
        'cutAfter',
        'pageAfter',
      ] as const)('does not take a ref for absent when the look-up meets %s', PATIENT, async (fault) => {
        const shaky = connect({ url: proxy.url });
        proxy.choose((method) => (method === 'GET' ? fault : null));
        expect(await shaky.findByRef(ref())).toMatchObject({ kind: 'unknown' });
      });
    }
  });
}
