// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '@shared/contract';
import type { Capabilities } from '@shared/domain/board';
import { emailReceipt } from '@shared/domain/by-email';
import type { FallbackState, FallbackView } from '@shared/domain/fallback';
import { emptyIntake } from '@shared/domain/intake';
import type { ItemState, OutboxItem } from '@shared/domain/outbox';
import { Frame } from '../../../../src-renderer/app/Frame';
import { OutboxScreen } from '../../../../src-renderer/features/outbox/OutboxScreen';
import { FallbackCard } from '../../../../src-renderer/features/settings/FallbackCard';
import { TicketScreen } from '../../../../src-renderer/features/ticket/TicketScreen';
import { anAppState, createFakeMain, type FakeMain, type FakeStart } from '../fake-main';
import { leaveStage, Stage, startStage } from '../stage';

const NOW = new Date('2026-03-02T15:45:00Z');
const REF = '0195a000-0000-7000-8000-00000000abcd';
const KEY = `ref:${REF}`;
const SENT_AT = '2026-03-02T15:40:00.000Z';
const MAILBOX: Capabilities = {
  idempotency: 'none',
  read: false,
  assigneeShown: false,
  files: 'inline',
  reopen: 'none',
  confirm: false,
  withdraw: false,
  rating: 'none',
  join: false,
  since: 'none',
  push: false,
};
const away: FallbackState = { deskAddress: 'help@desk.example', awaySince: SENT_AT, isOffered: true };

let main: FakeMain;
let stop = () => {};
afterEach(async () => {
  await leaveStage();
  stop();
  vi.unstubAllGlobals();
});
const user = userEvent.setup();

async function show(children: ReactNode, start: FakeStart = {}) {
  main = createFakeMain(start);
  vi.stubGlobal('deskbell', main.bridge);
  vi.stubGlobal('requestIdleCallback', () => 0);
  stop = startStage();
  render(<Stage now={NOW}>{children}</Stage>);
}

const create = (state: ItemState, more: Partial<OutboxItem> = {}): OutboxItem => ({
  ref: REF,
  lane: REF,
  sequence: 1,
  acceptedAt: '2026-03-02T15:30:00.000Z',
  write: {
    kind: 'create',
    summary: 'Half a label',
    intake: { ...emptyIntake(), problem: 'Half a label is printed', restarted: 'computer' },
    files: [],
  },
  state,
  ...more,
});
const sent: ItemState = { kind: 'delivered', at: SENT_AT, receipt: emailReceipt(REF) };
const queued: ItemState = {
  kind: 'queued',
  attempts: 3,
  notBefore: null,
  lastFault: { kind: 'offline', cause: 'unreachable' },
};
const failed = (fault: Extract<ItemState, { kind: 'needsAttention' }>['fault']): ItemState => ({
  kind: 'needsAttention',
  attempts: 1,
  fault,
});
const undecided = failed({ kind: 'ambiguous', cause: 'reset' });
const mailbox = (more: Partial<AppState> = {}) =>
  anAppState({ capabilities: MAILBOX, agreement: null, ...more });

describe('a ticket that was sent by e-mail', () => {
  const open = (state: ItemState, start: FakeStart = {}) =>
    show(<TicketScreen ticketKey={KEY} />, { items: [create(state)], state: mailbox(), ...start });

  it('says so, and promises nothing that is never known here', async () => {
    await open(sent);
    const status = await screen.findByRole('status', { name: 'Sent by e-mail' });
    expect(status.textContent).toContain('will answer by e-mail');
    expect(screen.getByText('Half a label is printed')).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Steps of this ticket' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'Your message' })).toBeNull();
    expect(screen.queryByText(/Not sent yet|Ticket \d/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'What you told us' }));
    expect(screen.getByText('The computer')).toBeTruthy();
  });

  it('can be followed up by e-mail once a day', async () => {
    await open(sent);
    await user.click(await screen.findByRole('button', { name: 'Follow up' }));
    expect(await screen.findByText(/next one is due/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Something changed' }));
    await user.type(screen.getByRole('textbox', { name: /What changed/ }), 'Now it smokes');
    await user.click(screen.getByRole('button', { name: 'Send at once' }));
    await waitFor(() => expect(main.items()).toHaveLength(2));
    expect(main.items()[1]).toMatchObject({ lane: REF, write: { kind: 'message', followUp: true } });
    expect(await screen.findByText('Now it smokes')).toBeTruthy();
  });

  it('is taken off the list only after asking', async () => {
    await open(sent);
    await user.click(await screen.findByRole('button', { name: 'More for this ticket' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove from the list…' }));
    expect(await screen.findByText(/stays with the service desk/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove it' }));
    expect(main.log.at(-1)).toEqual({ name: 'outbox.removeSent', request: { ref: REF } });
  });

  it('stays on the list while a follow-up waits', async () => {
    const message: OutboxItem = {
      ...create(queued),
      ref: '0195a000-0000-7000-8000-00000000abce',
      sequence: 2,
      write: { kind: 'message', target: { kind: 'board', id: REF }, text: 'Any news?', files: [] },
    };
    await open(sent, { items: [create(sent), message] });
    expect(await screen.findByText('Any news?')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'More for this ticket' })).toBeNull();
  });

  it('shows no steps while it waits, either', async () => {
    await open(queued);
    expect(await screen.findByText('Half a label is printed')).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Steps of this ticket' })).toBeNull();
  });

  it('and may have arrived, can be sent again, counted as arrived, copied or discarded, and not edited', async () => {
    await open(undecided);
    await screen.findByRole('status', { name: 'It may have arrived' });
    const actions = screen.getByRole('group', { name: 'What you can do' });
    const names = within(actions)
      .getAllByRole('button')
      .map(({ textContent }) => textContent);
    expect(names).toEqual(['Send again', 'It arrived', 'Copy text', 'Discard']);
    await user.click(within(actions).getByRole('button', { name: 'It arrived' }));
    expect(main.log.at(-1)).toEqual({ name: 'outbox.markArrived', request: { ref: REF } });
    expect(await screen.findByRole('status', { name: 'Sent by e-mail' })).toBeTruthy();
  });

  it('and was too large, says which file it is', async () => {
    const file = { sha256: 'a'.repeat(64), name: 'film.mp4', type: 'video/mp4', size: 30_000_000 };
    const item = create(
      failed({
        kind: 'rejected',
        message: '',
        fields: [{ pointer: '/files/0', reason: '' }],
        tooLarge: { bytes: 42_000_000, limit: 10 * 1024 * 1024 },
      }),
    );
    await open(item.state, {
      items: [{ ...item, write: { ...item.write, files: [file] } as OutboxItem['write'] }],
    });
    expect(await screen.findByText(/takes 10 MB at most.*40.1 MB.*film\.mp4/)).toBeTruthy();
  });
});

describe('the window of a desk that is a mailbox', () => {
  it('lists what was sent, and speaks of no steps, surveys or closed tickets', async () => {
    await show(<Frame />, { items: [create(sent)], state: mailbox() });
    const list = await screen.findByRole('listbox', { name: 'My tickets' });
    expect(within(list).getByRole('option').textContent).toContain('Sent by e-mail');
    expect(screen.queryByRole('radio', { name: /Closed/ })).toBeNull();
    expect(screen.getByText(/answers by e-mail/)).toBeTruthy();
    expect(screen.queryByText(/waiting to be sent/)).toBeNull();
  });

  it('says on the first day that the answer comes by e-mail', async () => {
    await show(<Frame />, { state: mailbox() });
    expect(await screen.findByText('Your desk answers by e-mail')).toBeTruthy();
    expect(screen.queryByText(/Six plain steps|Five quick ratings/)).toBeNull();
  });
});

describe('e-mail instead of a board that is away', () => {
  const offline = (fallback: FallbackState | null) => {
    const state = anAppState({ fallback });
    return { ...state, connection: { ...state.connection, reach: 'offline' } } as AppState;
  };

  it('is offered in the banner and at the ticket, and asked about before it is done', async () => {
    await show(<Frame />, { items: [create(queued)], state: offline(away) });
    await user.click(await screen.findByRole('button', { name: 'Have a look' }));
    await user.click(await screen.findByRole('button', { name: 'Send by e-mail instead: Half a label' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('help@desk.example');
    expect(main.count('outbox.sendByEmail')).toBe(0);
    await user.click(within(dialog).getByRole('button', { name: 'Send by e-mail' }));
    await waitFor(() => expect(main.count('outbox.sendByEmail')).toBe(1));
    // In the list and at the item.
    expect(await screen.findAllByText('Waiting to be sent by e-mail')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: /Send by e-mail instead/ })).toBeNull();
  });

  it('is not offered before its time, nor without being set up', async () => {
    for (const fallback of [null, { ...away, isOffered: false }]) {
      await show(<OutboxScreen isWide onClose={() => {}} />, {
        items: [create(queued)],
        state: offline(fallback),
      });
      await screen.findByRole('button', { name: 'Send now: Half a label' });
      expect(screen.queryByRole('button', { name: /by e-mail/ })).toBeNull();
      cleanup();
      stop();
    }
  });

  it('is not offered for what the board may have, and says why', async () => {
    const inDoubt: ItemState = { ...queued, lastFault: { kind: 'ambiguous', cause: 'reset' } };
    await show(<OutboxScreen isWide onClose={() => {}} />, {
      items: [create(inDoubt)],
      state: offline(away),
    });
    expect(await screen.findByText(/cannot go by e-mail instead.*may have it already/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Send by e-mail instead/ })).toBeNull();
  });

  it('shows no steps of a board that never gets it', async () => {
    await show(<TicketScreen ticketKey={KEY} />, {
      items: [create(queued, { via: 'email' })],
      state: offline(away),
    });
    expect(await screen.findByRole('status', { name: 'Waiting to be sent by e-mail' })).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Steps of this ticket' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'Your message' })).toBeNull();
  });
});

describe('setting up e-mail instead', () => {
  const kept: FallbackView = {
    isPossible: true,
    isManaged: false,
    hasPassword: true,
    fallback: {
      route: {
        host: 'smtp.harbour-tea.example',
        port: 587,
        security: 'starttls',
        signIn: true,
        deskAddress: 'help@desk.example',
        billingAddress: null,
      },
      sender: { name: 'Ada Ellis', email: 'ada@harbour-tea.example', phone: '' },
      login: 'ada',
      offerAfterMinutes: 60,
    },
  };

  it('takes what is needed, says what is missing, and sends the password once', async () => {
    await show(<FallbackCard />);
    await user.click(await screen.findByRole('button', { name: 'Set up' }));
    await user.click(screen.getByRole('button', { name: 'Try and keep it' }));
    expect(await screen.findByText('Write an e-mail address.')).toBeTruthy();
    expect(main.count('fallback.set')).toBe(0);
    await user.type(screen.getByRole('textbox', { name: /desk's e-mail address/ }), 'help@desk.example');
    await user.type(screen.getByLabelText('Password'), 'correct horse');
    await user.click(screen.getByRole('button', { name: 'Try and keep it' }));
    await waitFor(() => expect(main.count('fallback.set')).toBe(1));
    expect(main.log.find(({ name }) => name === 'fallback.set')?.request).toEqual({
      fallback: {
        route: { ...kept.fallback?.route, host: 'smtp.lindner.example' },
        sender: { name: 'Priya Raman', email: 'priya@lindner.example', phone: '' },
        login: 'priya@lindner.example',
        offerAfterMinutes: 60,
      },
      password: 'correct horse',
    });
    expect(await screen.findByText('help@desk.example')).toBeTruthy();
  });

  it('says in plain words when the mail server does not let the user in, and keeps what was typed', async () => {
    await show(<FallbackCard />, { fallback: kept });
    main.answer('fallback.set', { kind: 'refused', problem: 'wrongPassword' });
    await user.click(await screen.findByRole('button', { name: 'Change' }));
    await user.click(screen.getByRole('button', { name: 'Try and keep it' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The mail server did not let you in');
    expect(screen.getByDisplayValue('help@desk.example')).toBeTruthy();
  });

  it('can be forgotten', async () => {
    await show(<FallbackCard />, { fallback: kept });
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(main.log.some(({ name }) => name === 'fallback.set')).toBe(true));
    expect(await screen.findByRole('button', { name: 'Set up' })).toBeTruthy();
  });

  it('asks only for the user where the organisation has set the rest', async () => {
    await show(<FallbackCard />, { fallback: { ...kept, isManaged: true, hasPassword: false } });
    expect(await screen.findByText('Managed by your organisation')).toBeTruthy();
    expect(screen.getByText(/asks for your name and password/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Change' }));
    expect(screen.queryByRole('textbox', { name: /Mail server|desk's e-mail|Port|Billing/ })).toBeNull();
    await user.type(screen.getByLabelText('Password'), 'correct horse');
    await user.click(screen.getByRole('button', { name: 'Try and keep it' }));
    await waitFor(() => expect(main.count('fallback.set')).toBe(1));
  });

  it('is nothing for a desk that is a mailbox', async () => {
    await show(<FallbackCard />, {
      fallback: { isPossible: false, isManaged: false, fallback: null, hasPassword: false },
    });
    await waitFor(() => expect(main.count('fallback.get')).toBe(1));
    expect(screen.queryByText('E-mail instead')).toBeNull();
  });
});
