import { describe, expect, it } from 'vitest';
import type { BoardTicket } from '@shared/board-api';
import { emptyIntake, emptyJoinOrLeave, type Intake } from '@shared/domain/intake';
import { signIn, startDesk, type Client } from './support/desk';

const joining: Intake = {
  ...emptyIntake(),
  kind: 'joining',
  // A word that would make a problem an emergency.
  problem: 'Priya Raman joins on 3 March\nNotes: the old laptop was stolen',
  person: { ...emptyJoinOrLeave(), name: 'Priya Raman', day: '2026-03-03', devices: 'Laptop' },
};
const read = (client: Client, id: string): Promise<BoardTicket> => client.get(`/v1/tickets/${id}`);

describe('a request for a person', () => {
  it('goes to the service desk and billing, is no emergency, and is asked and solved as what it is', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file(joining.problem, joining);
    await ada.advance(ticketId, 'received');
    const received = await read(ada, ticketId);
    expect(received.messages.at(-1)?.text).toMatch(/billing/);
    expect(received.messages.at(-1)?.text).toMatch(/charged outside the agreement/);
    expect(received.details).toContainEqual({ label: 'Goes to', value: 'Service desk and billing' });
    await ada.advance(ticketId, 'question');
    const asked = await read(ada, ticketId);
    expect(asked.emergency).toBe(false);
    expect(asked.messages.at(-1)?.text).toMatch(/first day/);
    await ada.advance(ticketId, 'resolved');
    expect((await read(ada, ticketId)).messages.at(-1)?.text).toMatch(/account, the mailbox and the devices/);
  });
});

describe('a follow-up', () => {
  it('is told from an answer, and thanked for', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    const at = `/v1/tickets/${ticketId}/messages`;
    await ada.post(at, { text: 'Any news?', uploads: [], followUp: true });
    await ada.post(at, { text: 'By the way', uploads: [] });
    const { messages } = await read(ada, ticketId);
    expect(messages.slice(1).map(({ text, followUp }) => [text, followUp ?? false])).toEqual([
      ['Any news?', true],
      ['By the way', false],
    ]);
  });
});
