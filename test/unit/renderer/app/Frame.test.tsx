// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Frame } from '../../../../src-renderer/app/Frame';
import { SearchTools } from '../../../../src-renderer/features/tickets/TicketsPane';
import { useListView } from '../../../../src-renderer/stores/list-view';
import { useNavigation } from '../../../../src-renderer/stores/navigation';
import { anItem } from '../../domain/builders';
import { aTicket, anAppState, createFakeMain, type FakeStart } from '../fake-main';
import { Stage, startStage } from '../stage';

const practice = (reach: 'online' | 'offline' | 'signedOut' = 'online') =>
  anAppState({
    connection: {
      kind: 'connected',
      board: 'practice',
      place: '',
      signIn: { kind: 'nothing' },
      login: '',
      deskName: 'Practice desk',
      person: { name: 'Sam', email: '', phone: '' },
      reach,
      lastContactAt: null,
    },
  });
const monday = new Date('2026-03-02T15:00:00.000Z');

let stop = () => {};
beforeEach(() => useListView.setState({ group: 'open', search: '', isSearchOpen: false }));
afterEach(() => {
  cleanup();
  stop();
});

function show(start: FakeStart, now = monday) {
  const main = createFakeMain(start);
  Object.assign(window, { deskbell: main.bridge });
  stop = startStage();
  render(
    <Stage now={now}>
      <Frame />
    </Stage>,
  );
  return main;
}
// Not in happy-dom; the screens are then loaded when they are opened.
vi.stubGlobal('requestIdleCallback', () => 0);
const user = userEvent.setup();
beforeAll(() => SearchTools.preload(), 30_000);

describe('the frame', () => {
  it('welcomes who is not connected, and opens the practice desk', async () => {
    const main = show({ state: anAppState({ connection: { kind: 'none' }, agreement: null }) });
    await user.click(await screen.findByRole('button', { name: /^Try it on the practice desk/ }));
    expect(main.count('connection.connectPractice')).toBe(1);
  });

  it('looks for a desk where the user says, and comes back to the welcome', async () => {
    const main = show({ state: anAppState({ connection: { kind: 'none' }, agreement: null }) });
    await user.click(await screen.findByRole('button', { name: /^Connect to your service desk/ }));
    await user.type(await screen.findByRole('textbox', { name: /Your work e-mail/ }), 'help.example.com');
    await user.click(screen.getByRole('button', { name: 'Find my desk' }));
    expect(await screen.findByRole('alert', { name: /No service desk was found/ })).toBeTruthy();
    expect(main.count('connection.find')).toBe(1);
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(await screen.findByRole('button', { name: /^Try it on the practice desk/ })).toBeTruthy();
  });

  it('claims nothing about hours that no board has told', async () => {
    show({ state: { ...practice(), agreement: null }, tickets: [aTicket()] });
    const foot = within(await screen.findByRole('contentinfo', { name: 'Your service desk' }));
    foot.getByText('No number known yet');
    foot.getByText('Opening hours not known yet');
  });

  it('reports that it stands once, after the tickets are there', async () => {
    const main = show({ tickets: [aTicket()] });
    await screen.findByRole('option');
    await waitFor(() => expect(main.count('app.windowReady')).toBe(1));
  });

  it('goes where main wants, unless the user went somewhere meanwhile', async () => {
    useNavigation.setState({ route: { screen: 'tickets' }, past: [] });
    const main = show({ tickets: [aTicket()], route: { screen: 'outbox' } });
    const release = main.hold('app.windowReady');
    await screen.findByRole('option');
    await waitFor(() => expect(main.count('app.windowReady')).toBe(1));
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    release();
    await waitFor(() => expect(useNavigation.getState().route).toEqual({ screen: 'settings' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(useNavigation.getState().route).toEqual({ screen: 'settings' });
  });

  it('says both what could not be sent and what waits', async () => {
    const items = [
      anItem({ state: { kind: 'needsAttention', fault: { kind: 'serverFault', status: 500 }, attempts: 1 } }),
      anItem({ ref: '0195a000-0000-7000-8000-00000000beef', lane: 'id:t-2' }),
    ];
    show({ tickets: [aTicket()], items });
    expect(await screen.findByRole('button', { name: '1 not sent · 1 waiting to be sent' })).toBeTruthy();
  });

  it('always shows the number to call and when somebody is there', async () => {
    show({});
    expect(await screen.findByRole('button', { name: 'Call 616 555 0140' })).toBeTruthy();
    expect(screen.getByText('Open until 17:00')).toBeTruthy();
  });

  it('says when the desk opens again', async () => {
    show({}, new Date('2026-03-01T15:00:00.000Z'));
    expect(await screen.findByText('Closed, opens tomorrow 8:00')).toBeTruthy();
  });

  it('marks the practice desk, and only that', async () => {
    show({ state: practice() });
    expect(await screen.findByText('Practice')).toBeTruthy();
    cleanup();
    show({});
    await screen.findByRole('button', { name: 'New ticket' });
    expect(screen.queryByText('Practice')).toBeNull();
  });

  it('says that what is sent is safe while offline, and tries on request', async () => {
    const main = show({ state: practice('offline') });
    expect(await screen.findByText(/kept safe on this computer and goes out by itself/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(main.count('tickets.refresh')).toBe(1);
    expect(await screen.findByText(/Still no connection/)).toBeTruthy();
  });

  it('offers to sign in again', async () => {
    const main = show({ state: practice('signedOut') });
    await user.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(main.count('connection.connectPractice')).toBe(1);
  });

  it('keeps an outage on screen, and puts other news away for good', async () => {
    const at = '2026-03-02T14:00:00.000Z';
    show({
      state: anAppState({
        announcements: [
          { id: 'a', at, severity: 'outage', title: 'Mail is slow.', text: 'None is lost.', endedAt: null },
          { id: 'b', at, severity: 'info', title: 'Closed on Thursday.', text: '', endedAt: null },
          { id: 'c', at, severity: 'outage', title: 'Over.', text: '', endedAt: at },
        ],
      }),
    });
    await screen.findByText('Mail is slow.');
    expect(screen.queryByText('Over.')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('Closed on Thursday.')).toBeNull();
    expect(screen.getByText('Mail is slow.')).toBeTruthy();
  });

  it('says what was moved aside while loading', async () => {
    show({ state: anAppState({ quarantined: 2 }) });
    expect(await screen.findByText('2 stored files could not be read')).toBeTruthy();
  });

  it('opens a new ticket, search and settings by keys', async () => {
    show({ tickets: [aTicket(), aTicket({ id: 't-2' })] });
    await screen.findAllByRole('option');
    await user.keyboard('{Control>}f{/Control}');
    expect(await screen.findByRole('searchbox', { name: 'Search my tickets' })).toBe(document.activeElement);
    await user.keyboard('{Control>},{/Control}');
    expect(useNavigation.getState().route).toEqual({ screen: 'settings' });
    await user.keyboard('{Control>}n{/Control}');
    expect(useNavigation.getState().route).toEqual({ screen: 'newTicket', draftId: null });
    await user.keyboard('{Escape}');
    expect(useNavigation.getState().route).toEqual({ screen: 'settings' });
  });
});

describe('the list', () => {
  it('counts open and closed and shows one of them', async () => {
    show({ tickets: [aTicket(), aTicket({ id: 't-2', closed: true, summary: 'Old scanner' })] });
    await user.click(await screen.findByRole('radio', { name: 'Closed 1' }));
    expect((await screen.findAllByRole('option')).map((row) => row.getAttribute('aria-label'))).toEqual([
      expect.stringContaining('Old scanner'),
    ]);
  });

  it('says of a row what it is, where it stands and how far', async () => {
    show({ tickets: [aTicket({ updatedAt: '2026-03-02T14:48:00.000Z' })] });
    const row = await screen.findByRole('option');
    expect(row.getAttribute('aria-label')).toBe(
      'Outlook asks for my password every few minutes. 12 min. Jonas is working on it. Step 5 of 6',
    );
  });

  it('opens the ticket that is pressed', async () => {
    show({ tickets: [aTicket()] });
    await user.click(await screen.findByRole('option'));
    expect(useNavigation.getState().route).toEqual({ screen: 'ticket', key: 'id:t-4127' });
  });

  it('shows the waiting survey until it is put off', async () => {
    show({ tickets: [aTicket({ closed: true, survey: 'waiting', summary: 'Scanner on floor 2' })] });
    const card = await screen.findByRole('region', { name: 'How did it go?' });
    expect(within(card).getByText('Scanner on floor 2')).toBeTruthy();
    await user.click(within(card).getByRole('button', { name: 'Later' }));
    expect(screen.queryByRole('region', { name: 'How did it go?' })).toBeNull();
  });

  it('shows no survey that was dismissed', async () => {
    show({ tickets: [aTicket({ closed: true, survey: 'waiting' })], dismissedSurveys: ['t-4127'] });
    await screen.findByText('No open tickets');
    expect(screen.queryByRole('region', { name: 'How did it go?' })).toBeNull();
  });

  it('says when nothing is found and shows where there is something', async () => {
    show({ tickets: [aTicket(), aTicket({ id: 't-2', closed: true, summary: 'Old scanner' })] });
    await user.click(await screen.findByRole('button', { name: 'Find a ticket' }));
    await user.type(await screen.findByRole('searchbox'), 'scanner');
    await user.click(await screen.findByRole('button', { name: 'Show 1 in the other list' }));
    expect((await screen.findByRole('option')).getAttribute('aria-label')).toContain('Old scanner');
  });

  it('can be asked for again when it could not be loaded', async () => {
    const main = createFakeMain({ tickets: [aTicket()] });
    main.fail('tickets.list', { kind: 'internal', id: 'x' });
    Object.assign(window, { deskbell: main.bridge });
    stop = startStage();
    render(
      <Stage now={monday}>
        <Frame />
      </Stage>,
    );
    const again = await screen.findByRole('button', { name: 'Try again' });
    main.fail('tickets.list', null);
    await user.click(again);
    expect(await screen.findByRole('option')).toBeTruthy();
  });
});
