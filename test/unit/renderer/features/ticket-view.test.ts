import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import { STEPS, type Message } from '@shared/domain/ticket';
import { byDay, sayingsOf } from '../../../../src-renderer/features/ticket/conversation';
import { piecesOf } from '../../../../src-renderer/features/ticket/links';
import { pendingTimeline, timelineOf } from '../../../../src-renderer/features/ticket/timeline';
import { aTicket } from '../fake-main';

describe('the timeline', () => {
  it('marks the step reached as current and those before as done', () => {
    expect(timelineOf(aTicket()).map((step) => step.state)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'current',
      'ahead',
    ]);
  });

  it('shows no time of a step that lies ahead again after "Still broken"', () => {
    const steps = [
      ...aTicket().steps,
      { step: 'resolved' as const, at: '2026-03-02T16:00:00.000Z', by: null },
    ];
    const resolved = timelineOf(aTicket({ step: 'working', steps })).at(-1);
    expect(resolved).toEqual({ step: 'resolved', state: 'ahead', at: null, by: null });
  });

  it('takes the latest entry of a step that was reached twice', () => {
    const steps = [
      ...aTicket().steps,
      { step: 'assigned' as const, at: '2026-03-02T15:20:00.000Z', by: 'Lea Sommer' },
    ];
    expect(timelineOf(aTicket({ steps }))[3]).toMatchObject({
      by: 'Lea Sommer',
      at: '2026-03-02T15:20:00.000Z',
    });
  });

  it('has no current step for a status that maps to none, and keeps what was reached', () => {
    expect(timelineOf(aTicket({ step: null })).map((step) => step.state)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'done',
      'ahead',
    ]);
  });

  it('has no current step when the ticket is closed', () => {
    expect(
      timelineOf(aTicket({ step: 'resolved', closed: true })).every((step) => step.state === 'done'),
    ).toBe(true);
  });

  it('says only "created" of a ticket that has not left', () => {
    expect(pendingTimeline('2026-03-02T14:42:00.000Z').map((step) => step.state)).toEqual([
      'current',
      ...Array<string>(5).fill('ahead'),
    ]);
  });

  it('never shows a done step after one that lies ahead', () => {
    fc.assert(
      fc.property(fc.option(fc.constantFrom(...STEPS)), fc.subarray([...STEPS]), (step, reached) => {
        const steps = reached.map((one) => ({ step: one, at: '2026-03-02T14:42:00.000Z', by: null }));
        const states = timelineOf({ step, steps, closed: false }).map((one) => one.state);
        expect(states).toHaveLength(6);
        expect(states.join().replace(/^(done,?)*(current,?)?(ahead,?)*$/, '')).toBe('');
      }),
    );
  });
});

const uuid = (n: number) => `0195a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const item = (
  n: number,
  write: Write,
  state: OutboxItem['state'] = { kind: 'queued', attempts: 0, notBefore: null, lastFault: null },
): OutboxItem => ({
  ref: uuid(n),
  lane: 'id:t-4127',
  sequence: n,
  acceptedAt: `2026-03-02T16:0${n}:00.000Z`,
  write,
  state,
});
const reply = (text: string): Write => ({
  kind: 'message',
  target: { kind: 'board', id: 't-4127' },
  text,
  files: [],
});
const delivered = {
  kind: 'delivered',
  at: '2026-03-02T16:05:00.000Z',
  receipt: { ticketId: 't-4127', ticketNumber: '4127' },
} as const;
const message = (id: string, at: string, ref: string | null = null): Message => ({
  id,
  ref,
  at,
  author: { kind: 'requester', name: 'Priya Raman' },
  text: id,
  attachments: [],
});

describe('the conversation', () => {
  it('shows what is on its way after what the board has, in the order it was written', () => {
    const sayings = sayingsOf(
      [message('m1', '2026-03-02T17:00:00.000Z')],
      [item(2, reply('second')), item(1, reply('first'))],
      () => true,
    );
    expect(sayings.map((saying) => (saying.kind === 'outgoing' ? saying.text : saying.key))).toEqual([
      'm1',
      'first',
      'second',
    ]);
  });

  it('shows a delivered message once, also between delivery and the next look at the board', () => {
    const sent = item(1, reply('hello'), delivered);
    expect(sayingsOf([], [sent], () => true)).toHaveLength(1);
    expect(sayingsOf([message('m1', '2026-03-02T16:05:00.000Z', uuid(1))], [sent], () => true)).toHaveLength(
      1,
    );
  });

  it('keeps a message in its place on screen when the board takes it over', () => {
    const before = sayingsOf([], [item(1, reply('hello'))], () => true)[0]?.key;
    const after = sayingsOf([message('m1', '2026-03-02T16:05:00.000Z', uuid(1))], [], () => true)[0]?.key;
    expect(after).toBe(before);
  });

  it('tells of a state change until it is delivered, and never of a rating', () => {
    const works: Write = {
      kind: 'state',
      target: { kind: 'board', id: 't-4127' },
      change: 'works',
      text: '',
    };
    expect(sayingsOf([], [item(1, works)], () => true)).toMatchObject([{ kind: 'told', change: 'works' }]);
    expect(sayingsOf([], [item(1, works, delivered)], () => true)).toEqual([]);
  });

  it('separates days by the calendar of the user, not of Greenwich', () => {
    const late = sayingsOf(
      [message('m1', '2026-03-03T03:30:00.000Z'), message('m2', '2026-03-03T05:30:00.000Z')],
      [],
      () => true,
    );
    expect(byDay(late, 'America/Detroit')).toHaveLength(2);
    expect(byDay(late, 'UTC')).toHaveLength(1);
  });
});

describe('web addresses in a message', () => {
  const links = (text: string) =>
    piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []));

  it('are found without the mark that ends the sentence', () => {
    expect(links('See https://example.com/a?b=c. Then (https://example.org).')).toEqual([
      'https://example.com/a?b=c',
      'https://example.org',
    ]);
  });

  it('are only ever https', () => {
    expect(links('javascript:alert(1) file:///etc http://example.com mailto:a@b.c https:// ')).toEqual([]);
  });

  it('leave the text as it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant(' ')), { maxLength: 8 }),
        (parts) => {
          const text = parts.join('');
          expect(
            piecesOf(text)
              .map((piece) => piece.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});
