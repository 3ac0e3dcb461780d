// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MessageDraft } from '@shared/domain/draft';
import { emptyIntake } from '@shared/domain/intake';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Ticket } from '@shared/domain/ticket';
import { TicketScreen } from '../../../../src-renderer/features/ticket/TicketScreen';
import { useNavigation } from '../../../../src-renderer/stores/navigation';
import { aTicket, createFakeMain, type FakeMain, type FakeStart } from '../fake-main';
import { leaveStage, Stage, startStage } from '../stage';

const NOW = new Date('2026-03-02T15:45:00Z');
const REF = '0195a000-0000-7000-8000-00000000abcd';

let main: FakeMain;
let stop = () => {};

async function open(start: FakeStart, ticketKey = 'id:t-4127') {
  main = createFakeMain(start);
  vi.stubGlobal('deskbell', main.bridge);
  stop = startStage();
  render(
    <Stage now={NOW}>
      <TicketScreen ticketKey={ticketKey} />
    </Stage>,
  );
  await screen.findByRole('heading', { level: 1 });
}

afterEach(async () => {
  await leaveStage();
  stop();
  vi.unstubAllGlobals();
});

const user = userEvent.setup();
const reply = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your message' });
const texts = () => main.items().map(({ write }) => ('text' in write ? write.text : write.kind));

const asked = (quickAnswers = ['Yes, there too', 'No, the browser works']): Ticket => {
  const ticket = aTicket();
  const question = {
    id: 'm2',
    ref: null,
    at: '2026-03-02T15:34:00.000Z',
    author: { kind: 'staff' as const, staff: { name: 'Jonas Weber', role: 'engineer' as const } },
    text: 'Does the same happen in the browser?',
    attachments: [{ id: 'a1', name: 'steps.pdf', type: 'application/pdf', size: 2000 }],
  };
  return { ...ticket, messages: [...ticket.messages, question], question: { messageId: 'm2', quickAnswers } };
};
const resolved = () =>
  aTicket({
    step: 'resolved',
    steps: [...aTicket().steps, { step: 'resolved', at: '2026-03-02T15:40:00.000Z', by: 'Jonas Weber' }],
  });
const create = (state: OutboxItem['state']): OutboxItem => ({
  ref: REF,
  lane: REF,
  sequence: 1,
  acceptedAt: '2026-03-02T15:40:00.000Z',
  write: {
    kind: 'create',
    summary: 'Half a label',
    intake: { ...emptyIntake(), problem: 'Half a label is printed' },
    files: [],
  },
  state,
});
const queued = {
  kind: 'queued',
  attempts: 1,
  notBefore: null,
  lastFault: { kind: 'offline', cause: 'noNetwork' },
} as const;

describe('a ticket', () => {
  it('shows six steps and which one it is at', async () => {
    await open({ tickets: [aTicket()] });
    const steps = within(screen.getByRole('list', { name: 'Steps of this ticket' })).getAllByRole('listitem');
    expect(steps).toHaveLength(6);
    expect(
      steps.filter((step) => step.getAttribute('aria-current') === 'step').map((step) => step.textContent),
    ).toEqual([expect.stringContaining('Being worked on')]);
    expect(steps[2]?.textContent).toContain('9:55, remote');
    expect(steps[3]?.textContent).toContain('10:10, Jonas');
  });

  it('shows a status it does not know in the words of the board', async () => {
    await open({ tickets: [aTicket({ step: null, statusLabel: 'Waiting on vendor' })] });
    await screen.findByText('Waiting on vendor');
  });

  it('sends a quick answer with one press, once', async () => {
    await open({ tickets: [asked()] });
    await user.dblClick(await screen.findByRole('button', { name: 'Yes, there too' }));
    await waitFor(() => expect(texts()).toEqual(['Yes, there too']));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Yes, there too' })).toBeNull());
    expect(main.drafts()).toHaveLength(0);
  });

  it('adds a quick answer to what is being written instead of sending half of it', async () => {
    await open({ tickets: [asked()] });
    await user.type(reply(), 'because of the update');
    await user.click(screen.getByRole('button', { name: 'Yes, there too' }));
    expect(reply().value).toBe('Yes, there too\n\nbecause of the update');
    expect(main.items()).toHaveLength(0);
  });

  it('keeps a reply while it is written and brings it back', async () => {
    await open({ tickets: [aTicket()] });
    await user.type(reply(), 'It is back');
    await waitFor(() => expect((main.drafts()[0] as MessageDraft | undefined)?.text).toBe('It is back'));
    const drafts = main.drafts();
    cleanup();
    stop();
    await open({ tickets: [aTicket()], drafts });
    await waitFor(() => expect(reply().value).toBe('It is back'));
  });

  it('sends a reply once with Ctrl+Enter and shows it with its state', async () => {
    await open({ tickets: [aTicket()] });
    await user.type(reply(), 'Hello{Control>}{Enter}{Enter}{/Control}');
    await waitFor(() => expect(texts()).toEqual(['Hello']));
    await screen.findByText('Waiting to be sent');
    expect(reply().value).toBe('');
  });

  it('opens an attachment, and says why not when offline', async () => {
    await open({ tickets: [asked()] });
    const file = await screen.findByRole('button', { name: /^Open steps.pdf/ });
    await user.click(file);
    expect(main.log.find((entry) => entry.name === 'attachments.open')?.request).toEqual({
      ticketId: 't-4127',
      attachmentId: 'a1',
    });
    main.fail('attachments.open', { kind: 'desk', fault: 'offline' });
    await user.click(file);
    await screen.findByText(/steps.pdf is at the service desk and you are offline/);
  });

  it('reads an arriving message aloud once', async () => {
    await open({ tickets: [aTicket()] });
    act(() => main.push('ticket.changed', asked()));
    await screen.findByText('Jonas writes: Does the same happen in the browser?');
  });

  it('withdraws only after asking', async () => {
    await open({ tickets: [aTicket()] });
    await user.click(await screen.findByRole('button', { name: 'More for this ticket' }));
    await user.click(await screen.findByRole('menuitem', { name: /I don’t need this any more/ }));
    expect(main.items()).toHaveLength(0);
    await user.click(
      within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Withdraw it' }),
    );
    await waitFor(() =>
      expect(main.items().map(({ write }) => write)).toMatchObject([{ kind: 'state', change: 'withdraw' }]),
    );
  });
});

describe('a resolved ticket', () => {
  it('is confirmed once, however often it is pressed', async () => {
    await open({ tickets: [resolved()] });
    await user.dblClick(await screen.findByRole('button', { name: 'It works, thank you' }));
    await waitFor(() =>
      expect(main.items().map(({ write }) => write)).toMatchObject([{ kind: 'state', change: 'works' }]),
    );
    await waitFor(() => expect(screen.queryByRole('button', { name: 'It works, thank you' })).toBeNull());
  });

  it('takes what is still wrong along, and a polite message alone reopens nothing', async () => {
    await open({ tickets: [resolved()] });
    await user.click(await screen.findByRole('button', { name: 'Still broken' }));
    await user.type(screen.getByRole('textbox', { name: /What is still wrong/ }), 'After lunch');
    await user.click(screen.getByRole('button', { name: 'Send: still broken' }));
    await waitFor(() =>
      expect(main.items().map(({ write }) => write)).toMatchObject([
        { kind: 'state', change: 'stillBroken', text: 'After lunch' },
      ]),
    );
    await waitFor(() => expect(main.drafts()).toHaveLength(0));
  });

  it('can be still broken without a word', async () => {
    await open({ tickets: [resolved()] });
    await user.click(await screen.findByRole('button', { name: 'Still broken' }));
    await user.click(screen.getByRole('button', { name: 'Send: still broken' }));
    await waitFor(() => expect(main.items()).toHaveLength(1));
  });
});

describe('a ticket that has not left', () => {
  it('says so and offers what can be done', async () => {
    const person = { name: 'Dana Reyes', email: 'dana@example.com', phone: '' };
    const connection = {
      kind: 'connected' as const,
      board: 'practice' as const,
      place: '',
      signIn: { kind: 'nothing' as const },
      login: '',
      deskName: 'Practice',
      person,
      reach: 'offline' as const,
      lastContactAt: null,
    };
    await open({ state: { connection }, items: [create(queued)] }, `ref:${REF}`);
    await screen.findByText('Waiting to be sent, safe on this computer');
    await screen.findByText('Half a label is printed');
    await user.click(await screen.findByRole('button', { name: 'Edit' }, { timeout: 3000 }));
    await waitFor(() =>
      expect(useNavigation.getState().route).toMatchObject({
        screen: 'newTicket',
        draftId: main.drafts().find(({ kind }) => kind === 'ticket')?.id,
      }),
    );
  });

  it('is mended, not sent again, when the board refused it as it is', async () => {
    const fault = { kind: 'rejected' as const, message: 'Please name the printer', fields: [] };
    await open({ items: [create({ kind: 'needsAttention', fault, attempts: 1 })] }, `ref:${REF}`);
    await screen.findByRole('button', { name: 'Edit' });
    expect(screen.queryByRole('button', { name: 'Send now' })).toBeNull();
  });

  it('takes the board over in place when the ticket arrives', async () => {
    await open({ items: [create(queued)] }, `ref:${REF}`);
    const item = create({
      kind: 'delivered',
      at: '2026-03-02T15:41:00.000Z',
      receipt: { ticketId: 't-9', ticketNumber: '4131' },
    });
    act(() => main.push('outbox.changed', { upserted: [item], removed: [], progress: [] }));
    await screen.findByText(/Ticket 4131/);
    await screen.findByText('The service desk has it.');
  });

  it('leaves focus and words alone when its row is there before the whole ticket', async () => {
    await open({ items: [create(queued)] }, `ref:${REF}`);
    const go = main.hold('tickets.get');
    await user.type(reply(), 'And it hap');
    const field = reply();
    const item = create({
      kind: 'delivered',
      at: '2026-03-02T15:41:00.000Z',
      receipt: { ticketId: 't-9', ticketNumber: '4131' },
    });
    act(() => main.push('outbox.changed', { upserted: [item], removed: [], progress: [] }));
    const ticket = aTicket({ id: 't-9', number: '4131', ref: REF });
    act(() =>
      main.push('tickets.changed', {
        upserted: [ticket],
        removed: [],
        dismissedSurveys: [],
        syncedAt: '2026-03-02T15:41:00.000Z',
      }),
    );
    await user.keyboard('pens again');
    expect(reply()).toBe(field);
    expect(field.value).toBe('And it happens again');
    act(() => main.push('ticket.changed', ticket));
    await screen.findByText(/is working on it/);
    expect(reply()).toBe(field);
    expect(document.activeElement).toBe(field);
    go();
  });
});

describe('a closed ticket', () => {
  it('takes no message, and gives back what was begun', async () => {
    const common = {
      createdAt: '2026-03-02T15:40:00.000Z',
      updatedAt: '2026-03-02T15:40:00.000Z',
      files: [],
    };
    await open({
      tickets: [aTicket({ closed: true })],
      drafts: [{ kind: 'message', id: REF, ticketKey: 'id:t-4127', text: 'One more thing', ...common }],
    });
    await screen.findByText('One more thing');
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('offers the survey only where the board asks for it', async () => {
    await open({ tickets: [aTicket({ closed: true, survey: 'waiting' })] });
    await user.click(await screen.findByRole('button', { name: 'Rate now' }));
    expect(useNavigation.getState().route).toEqual({ screen: 'survey', ticketId: 't-4127' });
    cleanup();
    stop();
    await open({ tickets: [aTicket({ closed: true, survey: 'none' })] });
    expect(screen.queryByRole('button', { name: 'Rate now' })).toBeNull();
  });
});
