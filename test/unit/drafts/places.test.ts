import { describe, expect, it } from 'vitest';
import { emptyIntake } from '@shared/domain/intake';
import type { OutboxItem } from '@shared/domain/outbox';
import type { DraftPlace } from '../../../src-main/drafts/drafts.types';
import { fromItem } from '../../../src-main/drafts/from-item';
import { isFor, merge, newDraft } from '../../../src-main/drafts/shape';
import { toWrite } from '../../../src-main/drafts/to-write';
import { outboxItem, ref } from '../../support/samples';

const AT = '2026-03-02T15:00:00.000Z';
const TICKET_REF = ref();
const PLACES: readonly DraftPlace[] = [
  { kind: 'ticket' },
  { kind: 'ticket', about: 'person' },
  { kind: 'message', ticketKey: `ref:${TICKET_REF}` },
  { kind: 'message', ticketKey: `ref:${TICKET_REF}`, followUp: true },
];
const create = outboxItem({ ref: TICKET_REF });
const known = { tickets: [], items: [create] };

describe('the places of drafts', () => {
  it('keep a problem from a person, and a reply from a follow-up', () => {
    const drafts = PLACES.map((place) => newDraft(place, ref(), AT));
    drafts.forEach((draft, at) =>
      expect(PLACES.map((place) => isFor(draft, place))).toEqual(PLACES.map((_, index) => index === at)),
    );
    const [, , reply, followUp] = drafts;
    if (!reply || !followUp) throw new Error('drafts');
    expect(merge(reply, followUp, AT)).toBeNull();
  });

  it('take a follow-up to the board as one, and back when it is edited', () => {
    const place = { kind: 'message', ticketKey: `ref:${TICKET_REF}`, followUp: true } as const;
    const draft = newDraft(place, ref(), AT);
    if (draft.kind !== 'message') throw new Error('message');
    const addressed = toWrite({ ...draft, text: 'Any news?' }, known);
    if (!addressed.ok) throw new Error(JSON.stringify(addressed.fault));
    expect(addressed.value.write).toMatchObject({ kind: 'message', text: 'Any news?', followUp: true });
    const item: OutboxItem = outboxItem({ ...addressed.value });
    expect(fromItem(item, ref(), AT, known.items)).toMatchObject({ text: 'Any news?', followUp: true });
  });

  it('take somebody who joins to the board whole, and back', () => {
    const draft = newDraft({ kind: 'ticket', about: 'person' }, ref(), AT);
    if (draft.kind !== 'ticket' || draft.intake.person === null) throw new Error('ticket');
    expect(draft.intake.kind).toBe('joining');
    const person = { ...draft.intake.person, name: 'Priya Raman', day: '2026-03-03', devices: 'Laptop' };
    const intake = { ...draft.intake, problem: 'Priya Raman joins on 3 March', person };
    const addressed = toWrite({ ...draft, intake }, known);
    if (!addressed.ok) throw new Error(JSON.stringify(addressed.fault));
    expect(addressed.value.write).toMatchObject({
      summary: 'Priya Raman joins on 3 March',
      intake: { kind: 'joining', person },
    });
    expect(fromItem(outboxItem({ ...addressed.value }), ref(), AT, [])).toMatchObject({
      intake: { kind: 'joining', person },
    });
    expect(toWrite({ ...draft, intake: { ...emptyIntake(), problem: 'x', kind: 'leaving' } }, known).ok).toBe(
      false,
    );
  });
});
