// @vitest-environment happy-dom
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageDraft } from '@shared/domain/draft';
import { TicketScreen } from '../../../../src-renderer/features/ticket/TicketScreen';
import { aTicket, createFakeMain, type FakeMain, type FakeStart } from '../fake-main';
import { leaveStage, Stage, startStage } from '../stage';

const begun: MessageDraft = {
  kind: 'message',
  id: '0195a0c4-7b7c-7000-8000-000000000001',
  createdAt: '2026-03-02T15:45:00.000Z',
  updatedAt: '2026-03-02T15:45:00.000Z',
  ticketKey: 'id:t-4127',
  text: 'Now my phone, too',
  files: [],
  followUp: true,
};

let main: FakeMain;
let stop = () => {};
const user = userEvent.setup();

async function open(start: FakeStart, now: string) {
  main = createFakeMain(start);
  vi.stubGlobal('deskbell', main.bridge);
  stop = startStage();
  render(
    <Stage now={new Date(now)}>
      <TicketScreen ticketKey="id:t-4127" />
    </Stage>,
  );
  await user.click(await screen.findByRole('button', { name: 'Follow up' }));
  return within(await screen.findByRole('dialog'));
}

afterEach(async () => {
  await leaveStage();
  stop();
  vi.unstubAllGlobals();
});

describe('following up', () => {
  it('is a call in an emergency, with the number, and takes what changed in writing', async () => {
    const panel = await open(
      { tickets: [aTicket({ emergency: true, assignee: null })] },
      '2026-03-02T15:45:00Z',
    );
    expect(panel.getByText(/call again every hour until somebody does/)).toBeDefined();
    await user.click(panel.getByRole('button', { name: 'Call 616 555 0199' }));
    expect(main.log).toContainEqual({ name: 'app.openExternal', request: { url: 'tel:6165550199' } });
    await user.click(panel.getByRole('button', { name: 'Something changed' }));
    await user.type(panel.getByRole('textbox'), 'Smoke');
    await user.click(panel.getByRole('button', { name: 'Send at once' }));
    await waitFor(() =>
      expect(main.items().map(({ write }) => write)).toMatchObject([
        { kind: 'message', text: 'Smoke', followUp: true },
      ]),
    );
  });

  it('has a polite word ready when nothing is added, and is sent once', async () => {
    const panel = await open({ tickets: [aTicket()] }, '2026-03-03T15:00:00Z');
    await user.dblClick(panel.getByRole('button', { name: 'Send follow-up' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(main.items().map(({ write }) => write)).toMatchObject([
      { text: 'Is there any news? Thank you.', followUp: true },
    ]);
    expect(main.drafts()).toEqual([]);
  });

  it('leaves a reply that is begun alone', async () => {
    const panel = await open({ tickets: [aTicket()] }, '2026-03-02T15:45:00Z');
    expect(panel.getByText(/leaves Jonas time to solve/)).toBeDefined();
    await user.click(panel.getByRole('button', { name: 'Something changed' }));
    await user.type(panel.getByRole('textbox'), 'Now my phone, too');
    await waitFor(() => expect(main.drafts()).toMatchObject([{ text: 'Now my phone, too', followUp: true }]));
    await user.keyboard('{Escape}');
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your message' }).value).toBe('');
  });

  it('shows what was begun when the ticket has closed meanwhile, and lets it be copied or discarded', async () => {
    const ticket = aTicket({ closed: true, step: 'resolved' });
    main = createFakeMain({ tickets: [ticket], drafts: [begun] });
    vi.stubGlobal('deskbell', main.bridge);
    stop = startStage();
    render(
      <Stage now={new Date('2026-03-03T15:00:00Z')}>
        <TicketScreen ticketKey="id:t-4127" />
      </Stage>,
    );
    expect(await screen.findByText('Now my phone, too')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(main.drafts()).toEqual([]));
  });
});
