// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyIntake } from '@shared/domain/intake';
import type { ItemState, OutboxItem, Write } from '@shared/domain/outbox';
import { OutboxScreen } from '../../../../../src-renderer/features/outbox/OutboxScreen';
import { actionsOf } from '../../../../../src-renderer/features/outbox/item-facts';
import { useNavigation } from '../../../../../src-renderer/stores/navigation';
import { aTicket, createFakeMain } from '../../fake-main';
import { Stage, startStage } from '../../stage';

const uuid = (n: number) => `0195a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const create = (summary: string): Write => ({ kind: 'create', summary, intake: emptyIntake(), files: [] });
const reply: Write = {
  kind: 'message',
  target: { kind: 'board', id: 't-4127' },
  text: 'It is back',
  files: [],
};
const queued: ItemState = { kind: 'queued', attempts: 0, notBefore: null, lastFault: null };
const refused: ItemState = {
  kind: 'needsAttention',
  attempts: 1,
  fault: {
    kind: 'rejected',
    message: 'no',
    fields: [{ pointer: '/intake/contact/phone', reason: 'A phone number is needed.' }],
  },
};
const tooLate: ItemState = {
  kind: 'needsAttention',
  attempts: 1,
  fault: { kind: 'conflict', reason: 'closed' },
};
const anItem = (n: number, write: Write, state: ItemState, lane = uuid(n)): OutboxItem => ({
  ref: uuid(n),
  lane,
  sequence: n,
  acceptedAt: '2026-03-02T16:00:00.000Z',
  write,
  state,
});

let stop = () => {};
afterEach(() => {
  cleanup();
  stop();
});

async function show(items: readonly OutboxItem[]) {
  const main = createFakeMain({ items, tickets: [aTicket()] });
  Object.assign(window, { deskbell: main.bridge });
  stop = startStage();
  render(
    <Stage now={new Date('2026-03-02T16:10:00.000Z')}>
      <OutboxScreen isWide onClose={() => {}} />
    </Stage>,
  );
  await screen.findByRole('heading', { level: 1 });
  return main;
}

describe('the outbox panel', () => {
  it('shows what needs the user first, with what the service desk said', async () => {
    await show([anItem(1, create('Label printer'), queued), anItem(2, create('Zoom'), refused)]);
    const groups = await screen.findAllByRole('region');
    expect(groups.map((group) => group.getAttribute('aria-label'))).toEqual(['Needs you', 'On the way']);
    expect(within(groups[0]!).getByText('A phone number is needed.')).toBeTruthy();
  });

  it('says when everything is sent', async () => {
    await show([]);
    expect(await screen.findByText('Everything is sent')).toBeTruthy();
  });

  it('keeps in sight what left while the user looks on', async () => {
    const waiting = anItem(1, create('Label printer'), queued);
    const main = await show([waiting, anItem(2, create('Zoom'), queued)]);
    await screen.findByRole('region', { name: 'On the way' });
    const receipt = { ticketId: 't-1', ticketNumber: '1' };
    const left: OutboxItem = {
      ...waiting,
      state: { kind: 'delivered', receipt, at: '2026-03-02T16:09:00.000Z' },
    };
    act(() => {
      main.push('outbox.changed', { upserted: [left], removed: [], progress: [] });
      main.push('outbox.changed', { upserted: [], removed: [left.ref], progress: [] });
    });
    expect((await screen.findByRole('region', { name: 'Sent recently' })).textContent).toContain(
      'Label printer',
    );
    expect(screen.getByRole('region', { name: 'On the way' }).textContent).not.toContain('Label printer');
  });

  it('sends now', async () => {
    const main = await show([anItem(1, create('Label printer'), queued)]);
    await userEvent.click(await screen.findByRole('button', { name: 'Send now: Label printer' }));
    expect(main.log.at(-1)).toEqual({ name: 'outbox.sendNow', request: { ref: uuid(1) } });
  });

  it('takes a ticket back into the form', async () => {
    await show([anItem(1, create('Label printer'), queued)]);
    await userEvent.click(await screen.findByRole('button', { name: 'Edit: Label printer' }));
    expect(useNavigation.getState().route).toEqual({ screen: 'newTicket', draftId: uuid(1) });
  });

  it('discards only after asking, and keeping keeps', async () => {
    const main = await show([anItem(1, create('Label printer'), queued)]);
    await userEvent.click(await screen.findByRole('button', { name: 'Discard: Label printer' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Keep it' }));
    expect(main.count('outbox.discard')).toBe(0);
    await userEvent.click(await screen.findByRole('button', { name: 'Discard: Label printer' }));
    const dialog = await screen.findByRole('alertdialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Discard' }));
    expect(main.items()).toEqual([]);
  });

  it('says in words when an action did not work', async () => {
    const main = await show([anItem(1, create('Label printer'), queued)]);
    main.fail('outbox.edit', { kind: 'tooLate' });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit: Label printer' }));
    expect(await screen.findByText(/already on its way/)).toBeTruthy();
  });
});

describe('what can be done with an item', () => {
  const actions = (write: Write, state: ItemState) => actionsOf(anItem(1, write, state), false).join(' ');
  it('is nothing that would change what is leaving or has left', () => {
    const at = '2026-03-02T16:00:00.000Z';
    expect(actions(reply, { kind: 'sending', attempts: 1, startedAt: at })).toBe('copyText');
    expect(actions(reply, { kind: 'delivered', at, receipt: { ticketId: 't', ticketNumber: '' } })).toBe('');
  });

  it('is not sending again what would only be refused again', () => {
    expect(actions(create('x'), refused)).toBe('edit copyText discard');
    expect(actions(reply, tooLate)).toBe('copyText discard');
  });

  it('is no editing of a state change, and no overtaking within a ticket', () => {
    const works: Write = { kind: 'state', target: { kind: 'board', id: 't' }, change: 'works', text: '' };
    expect(actions(works, queued)).toBe('sendNow discard');
    expect(actions(reply, { kind: 'held', reason: 'aheadInLane', attempts: 0, lastFault: null })).toBe(
      'edit copyText discard',
    );
  });
});
