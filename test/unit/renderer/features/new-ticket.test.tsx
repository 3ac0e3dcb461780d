// @vitest-environment happy-dom
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TicketDraft } from '@shared/domain/draft';
import { NewTicketScreen } from '../../../../src-renderer/features/new-ticket/NewTicketScreen';
import { useNavigation } from '../../../../src-renderer/stores/navigation';
import { anAgreement, createFakeMain, type FakeMain, type FakeStart } from '../fake-main';
import { leaveStage, Stage, startStage } from '../stage';

/** A Monday, 9:45 in Detroit: the desk is open. */
const MONDAY = new Date('2026-03-02T14:45:00Z');
/** A Saturday. */
const WEEKEND = new Date('2026-03-07T14:45:00Z');
const PLACE = 'In your own words';

let main: FakeMain;
let stop = () => {};

async function open(start: FakeStart = {}, now = MONDAY) {
  main = createFakeMain(start);
  vi.stubGlobal('deskbell', main.bridge);
  stop = startStage();
  render(
    <Stage now={now}>
      <NewTicketScreen draftId={null} />
    </Stage>,
  );
  await screen.findByRole('textbox', { name: PLACE });
}

beforeEach(() => localStorage.clear());

afterEach(async () => {
  await leaveStage();
  stop();
  vi.unstubAllGlobals();
});

const user = userEvent.setup();
const draft = () => main.drafts()[0] as TicketDraft;
const problem = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: PLACE });
const send = () => screen.getByRole('button', { name: 'Send ticket' });

describe('a ticket begun earlier', () => {
  const begun = () => {
    main = createFakeMain();
    vi.stubGlobal('deskbell', main.bridge);
    const create = main.bridge.call('drafts.create', { kind: 'ticket' });
    return create.then((answer) => {
      if (!answer.ok || answer.value.kind !== 'ticket') throw new Error('no draft');
      const id = '0195a000-0000-7000-8000-0000000000ff';
      return { ...answer.value, id, intake: { ...answer.value.intake, problem: 'The printer is jammed' } };
    });
  };

  it('is gone on with, and another can be started beside it', async () => {
    const first = await begun();
    await open({ drafts: [first] });
    expect(problem().value).toBe('The printer is jammed');
    await user.click(await screen.findByRole('button', { name: 'Start another' }));
    await waitFor(() => expect(useNavigation.getState().route).toMatchObject({ screen: 'newTicket' }));
    const { route } = useNavigation.getState();
    const id = route.screen === 'newTicket' ? route.draftId : null;
    expect(id).not.toBe(first.id);
    expect(main.drafts().map((one) => one.id)).toEqual([first.id, id]);
  });

  it('offers no other while the first is being written', async () => {
    await open();
    await user.type(problem(), 'The printer is jammed');
    await screen.findByText('Draft saved');
    expect(screen.queryByRole('button', { name: 'Start another' })).toBeNull();
  });
});

describe('filing a ticket', () => {
  it('keeps the draft while typing, and says so', async () => {
    await open();
    await user.type(problem(), 'The printer is jammed');
    await screen.findByText('Draft saved');
    await waitFor(() => expect(draft().intake.problem).toBe('The printer is jammed'));
  });

  it('keeps chips and their own words', async () => {
    await open();
    await user.click(screen.getByRole('radio', { name: 'Other…' }));
    await user.type(screen.getByRole('textbox', { name: 'Since when, in your own words' }), 'the move');
    await user.click(screen.getByRole('radio', { name: 'Work is slower' }));
    await waitFor(() =>
      expect(draft().intake).toMatchObject({ since: 'other', sinceText: 'the move', impact: 'slower' }),
    );
  });

  it('files once on a double click, and goes to the ticket', async () => {
    await open();
    await user.type(problem(), 'The printer is jammed');
    await user.dblClick(send());
    await waitFor(() => expect(main.items()).toHaveLength(1));
    expect(main.count('drafts.send')).toBe(1);
    const { route } = useNavigation.getState();
    expect(route).toEqual({ screen: 'ticket', key: `ref:${main.items()[0]?.ref}` });
  });

  it('sends with Ctrl+Enter from the text', async () => {
    await open();
    await user.type(problem(), 'The printer is jammed{Control>}{Enter}{/Control}');
    await waitFor(() => expect(main.items()).toHaveLength(1));
    expect(main.items()[0]?.write).toMatchObject({ intake: { problem: 'The printer is jammed' } });
  });

  it('asks for the problem when there is none, and goes to the field', async () => {
    await open();
    await user.click(send());
    await screen.findByText('Please write what is wrong. One sentence is enough.');
    await waitFor(() => expect(document.activeElement).toBe(problem()));
    expect(main.count('drafts.send')).toBe(0);
  });

  it('keeps the text on screen and says what to do when nothing can be stored', async () => {
    await open();
    main.fail('drafts.save', { kind: 'notStored', cause: 'diskFull' });
    await user.type(problem(), 'kept');
    const warning = await screen.findByRole('alert');
    expect(warning.textContent).toContain('disk is full');
    expect(problem().value).toBe('kept');
    main.fail('drafts.save', null);
    await user.click(within(warning).getByRole('button', { name: 'Try again' }));
    await screen.findByText('Draft saved');
  });

  it('explains a text that is too long, does not send it, and moves it into a file', async () => {
    await open();
    await user.click(problem());
    await user.paste('It does not work. '.repeat(11_200));
    await user.click(send());
    expect(main.count('drafts.send')).toBe(0);
    await user.click(await screen.findByRole('button', { name: 'Attach it as a file instead' }));
    await screen.findByText('Description.txt');
    expect(problem().value.length).toBeLessThan(300);
    await user.click(send());
    await waitFor(() => expect(main.items()).toHaveLength(1));
  });

  it('answers a program in words and keeps what was typed', async () => {
    await open();
    await user.type(problem(), 'kept');
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    await user.upload(input!, new File(['MZ'], 'setup.exe'));
    await screen.findByText('setup.exe is a program');
    expect(problem().value).toBe('kept');
    await user.upload(input!, new File(['hello'], 'note.txt'));
    await screen.findByRole('button', { name: /Remove note.txt/ });
  });

  it('discards only after asking', async () => {
    await open();
    await user.type(problem(), 'never mind');
    await waitFor(() => expect(draft().intake.problem).toBe('never mind'));
    await user.click(screen.getByRole('button', { name: 'Discard draft' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(main.drafts()).toHaveLength(0));
  });

  it('asks the connected person unless somebody else is named', async () => {
    await open();
    await user.click(screen.getByRole('button', { name: /More that helps/ }));
    await user.click(screen.getByRole('radio', { name: 'Someone else…' }));
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Tom');
    await waitFor(() => expect(draft().intake.contact).toMatchObject({ name: 'Tom', email: '' }));
    await user.click(screen.getByRole('radio', { name: 'Me' }));
    await waitFor(() => expect(draft().intake.contact).toMatchObject({ name: 'Priya Raman' }));
  });
});

describe('beside the form', () => {
  it('shows the number first in an emergency, and calls it', async () => {
    await open();
    await user.click(screen.getByRole('radio', { name: 'Everyone' }));
    await user.click(screen.getByRole('radio', { name: 'Nothing works' }));
    await user.click(await screen.findByRole('button', { name: 'Call now, 616 555 0199' }));
    expect(main.log.find((entry) => entry.name === 'app.openExternal')?.request).toEqual({
      url: 'tel:6165550199',
    });
  });

  it('says before the call when it is charged', async () => {
    await open({ state: { agreement: anAgreement({ afterHours: 'charged' }) } }, WEEKEND);
    await user.type(problem(), 'Ransomware note on my screen');
    await screen.findByText(/the call is charged separately/);
  });

  it('names the billing contact on service hold and still takes the text', async () => {
    await open({ state: { agreement: anAgreement({ standing: 'serviceHold' }) } });
    expect((await screen.findByText(/Dana Cole/)).textContent).toMatch(/616\s555\s0150/);
    await user.type(problem(), 'kept');
    await waitFor(() => expect(draft().intake.problem).toBe('kept'));
  });

  it('promises no review at night', async () => {
    await open({}, WEEKEND);
    await screen.findByText(/looked at on the next business day, Monday 8:00/);
  });
});
