import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../src-shared/domain/agreement';
import { RATINGS, signIn, startDesk, type Client } from './support/desk';

const refusal = async (
  client: Client,
  path: string,
  body: unknown,
): Promise<{ status: number; conflict?: string }> =>
  (await (await client.send('POST', path, { body, key: randomUUID() })).json()) as {
    status: number;
    conflict?: string;
  };

describe('writes that come too late or too early', () => {
  it('are conflicts that say what is in the way', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    const at = `/v1/tickets/${ticketId}`;
    const works = { change: 'works', text: '' };
    const survey = { answers: RATINGS, comment: '' };
    expect(await refusal(ada, `${at}/state`, works)).toMatchObject({ status: 409, conflict: 'stale' });
    expect(await refusal(ada, `${at}/survey`, survey)).toMatchObject({ status: 409, conflict: 'stale' });
    await ada.advance(ticketId, 'resolved');
    await ada.post(`${at}/state`, works);
    expect(await refusal(ada, `${at}/state`, works)).toMatchObject({ status: 409, conflict: 'closed' });
    expect(await refusal(ada, `${at}/messages`, { text: 'Hi', uploads: [] })).toMatchObject({
      conflict: 'closed',
    });
    await ada.post(`${at}/survey`, survey);
    expect(await refusal(ada, `${at}/survey`, survey)).toMatchObject({ status: 409, conflict: 'duplicate' });
  });

  it('name the fields that do not fit', async () => {
    const ada = await signIn(await startDesk());
    const answer = await ada.send('POST', '/v1/tickets', {
      body: { summary: '', intake: { problem: 5 }, uploads: [] },
      key: randomUUID(),
    });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toEqual(
      expect.arrayContaining(['/summary', '/intake/problem', '/intake/contact']),
    );
    const { ticketId } = await ada.file();
    const blank = await ada.send('POST', `/v1/tickets/${ticketId}/messages`, {
      body: { text: ' ', uploads: [] },
      key: randomUUID(),
    });
    expect(await blank.json()).toMatchObject({ status: 422, errors: [{ pointer: '/text' }] });
  });

  it('are 400 where the body is no JSON, and 413 where it is huge', async () => {
    const ada = await signIn(await startDesk());
    const send = (bytes: Uint8Array): Promise<Response> =>
      ada.send('POST', '/v1/tickets', {
        bytes,
        key: randomUUID(),
        headers: { 'Content-Type': 'application/json' },
      });
    expect((await send(Buffer.from('{"summary":'))).status).toBe(400);
    expect((await send(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).status).toBe(400);
    expect((await send(Buffer.alloc(9 * 1024 * 1024, 0x20))).status).toBe(413);
  });

  it('keep every text as it was sent, up to the longest', async () => {
    const ada = await signIn(await startDesk());
    const problem = '𝄞 שלום\u200d👩‍🔧\n'.repeat(8_000).slice(0, 99_990);
    const { ticketId } = await ada.file(problem);
    expect((await ada.ticket(ticketId)).messages[0]?.text).toBe(problem);
  });
});

describe('a withdrawn ticket', () => {
  it('is closed without a survey, and somebody says so', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId, ticketNumber } = await ada.file();
    await ada.advance(ticketId, 'question');
    await ada.post(`/v1/tickets/${ticketId}/state`, { change: 'withdraw', text: 'Never mind' });
    const ticket = await ada.ticket(ticketId);
    expect(ticket).toMatchObject({
      closed: true,
      withdrawn: true,
      survey: 'none',
      question: null,
      statusLabel: 'Withdrawn',
    });
    expect(ticket.messages.at(-2)?.text).toBe('Never mind');
    expect(ticket.messages.at(-1)?.text).toContain(ticketNumber);
  });
});

describe('the questions', () => {
  it('start with the restart where the user did not speak of it', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file('The printer jams');
    const first = await ada.advance(ticketId, 'question');
    expect(first.messages.at(-1)?.text).toContain('restarted');
    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'No, not yet', uploads: [] });
    const second = await ada.advance(ticketId, 'question');
    expect(second.messages.at(-1)?.text).toContain('printer');
    expect(second.question?.quickAnswers).toContain('Nobody can print');
  });
});

describe('POST /practice/tickets/{id}/advance', () => {
  it('waits for an answer unless told to go on, and stops at the end', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    await ada.advance(ticketId, 'question');
    await expect(ada.advance(ticketId)).rejects.toThrow('409');
    expect((await ada.advance(ticketId, 'question')).question).not.toBeNull();
    expect(await ada.advance(ticketId, 'resolved')).toMatchObject({ step: 'resolved', question: null });
    expect((await ada.advance(ticketId, 'resolved')).step).toBe('resolved');
    await expect(ada.advance(ticketId)).rejects.toThrow('409');
    await ada.post(`/v1/tickets/${ticketId}/state`, { change: 'stillBroken', text: '' });
    expect(
      (await ada.advance(ticketId, 'resolved')).messages.filter((message) => message.attachments.length > 0),
    ).toHaveLength(1);
    await ada.post(`/v1/tickets/${ticketId}/state`, { change: 'works', text: '' });
    await expect(ada.advance(ticketId)).rejects.toThrow('closed');
    await expect(ada.advance('nobody')).rejects.toThrow('404');
  });

  it('goes to each step, also over an unknown status', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    const odd = await ada.post<object>(`/practice/tickets/${ticketId}/status`, {
      label: 'Waiting for vendor',
    });
    expect(odd).toMatchObject({ step: null, statusLabel: 'Waiting for vendor' });
    for (const step of ['received', 'reviewed', 'assigned', 'working', 'resolved']) {
      expect((await ada.advance(ticketId, step)).step).toBe(step);
    }
  });
});

describe('POST /practice/tickets/{id}/reply', () => {
  it('says something, asks something, and brings files', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    const path = `/practice/tickets/${ticketId}/reply`;
    const base64 = Buffer.from('Hello file').toString('base64');
    const said = await ada.post<object>(path, {
      text: 'For you',
      attachments: [{ name: 'a.txt', type: 'text/plain', base64 }],
    });
    expect(said).toMatchObject({
      question: null,
      messages: [{}, { text: 'For you', attachments: [{ name: 'a.txt', size: 10 }] }],
    });
    const { messages } = await ada.ticket(ticketId);
    const bytes = await ada.send('GET', `/v1/attachments/${messages[1]?.attachments[0]?.id}`);
    expect(await bytes.text()).toBe('Hello file');

    await ada.post(path, { text: 'Which one?', question: true, quickAnswers: ['Left', 'Right'] });
    const asked = await ada.ticket(ticketId);
    expect(asked.question).toEqual({ messageId: asked.messages.at(-1)?.id, quickAnswers: ['Left', 'Right'] });
    expect(asked.step).toBe('created');
    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'Left', uploads: [] });
    expect(await ada.ticket(ticketId)).toMatchObject({ question: null, statusLabel: 'New' });
    expect(await ada.advance(ticketId)).toMatchObject({ step: 'received' });
  });
});

describe('agreement and announcements', () => {
  it('have sensible contents, can be changed, and stay changed', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const agreement = await ada.get<Agreement>('/v1/agreement');
    expect(agreement.hours).toMatchObject({ timeZone: 'Europe/Berlin', week: { length: 5 } });
    expect(agreement.callSheet.map((entry) => entry.purpose)).toEqual([
      'serviceDesk',
      'emergency',
      'billing',
      'accountLead',
    ]);
    for (const { phone } of agreement.callSheet) expect(phone).toMatch(/555 01\d\d$/);
    expect(await ada.get('/v1/announcements')).toEqual({ announcements: [] });

    await ada.put('/practice/agreement', { standing: 'serviceHold' });
    const outage = {
      id: 'o1',
      at: '2026-03-02T08:00:00.000Z',
      severity: 'outage',
      title: 'Mail',
      text: 'Down',
      endedAt: null,
    };
    await ada.put('/practice/announcements', { announcements: [outage] });
    await desk.close();
    const again = await signIn(await startDesk({ dataDir: desk.dataDir }));
    expect(await again.get('/v1/agreement')).toEqual({ ...agreement, standing: 'serviceHold' });
    expect(await again.get('/v1/announcements')).toEqual({
      announcements: [{ ...outage, affected: 0, joined: false }],
    });
  });
});
