import { describe, expect, it } from 'vitest';
import { RATINGS, startDesk, signIn } from './support/desk';

describe('the way of a ticket with the manual pace', () => {
  it('goes through the six steps, a question and its answer, to the survey', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const { ticketId, ticketNumber } = await ada.file('My mail does not go out', {
      restarted: 'both',
      since: 'today',
    });

    const created = await ada.ticket(ticketId);
    expect(created).toMatchObject({ step: 'created', number: ticketNumber, question: null, closed: false });
    expect(created.messages.map((message) => message.text)).toEqual(['My mail does not go out']);
    expect(created.details).toContainEqual({ label: 'Since', value: 'Today' });

    expect(await ada.advance(ticketId)).toMatchObject({ step: 'received' });
    expect(await ada.advance(ticketId)).toMatchObject({
      step: 'reviewed',
      visit: 'remote',
      emergency: false,
    });
    expect((await ada.advance(ticketId)).assignee).toEqual({ name: 'Jonas Feldkamp', role: 'engineer' });
    expect(await ada.advance(ticketId)).toMatchObject({ step: 'working', question: null });

    const asked = await ada.advance(ticketId);
    expect(asked.question?.messageId).toBe(asked.messages.at(-1)?.id);
    expect(asked.question?.quickAnswers).toContain('Only in the program');
    expect(asked.statusLabel).toBe('Waiting for your answer');

    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'Only in the program', uploads: [] });
    expect(await ada.ticket(ticketId)).toMatchObject({ question: null, statusLabel: 'In progress' });

    const resolved = await ada.advance(ticketId);
    expect(resolved).toMatchObject({ step: 'resolved', closed: false, survey: 'none' });
    expect(resolved.steps.map((entry) => entry.step)).toEqual([
      'created',
      'received',
      'reviewed',
      'assigned',
      'working',
      'resolved',
    ]);

    await ada.post(`/v1/tickets/${ticketId}/state`, { change: 'works', text: '' });
    expect(await ada.ticket(ticketId)).toMatchObject({ closed: true, survey: 'waiting' });

    await ada.post(`/v1/tickets/${ticketId}/survey`, { answers: RATINGS, comment: 'Fine' });
    expect(await ada.ticket(ticketId)).toMatchObject({ closed: true, survey: 'answered' });
  });
});
