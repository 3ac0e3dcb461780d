import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEPS } from '@shared/domain/ticket';
import { RtFieldsSchema } from '@shared/domain/board';
import { peopleOf } from '../../../../src-main/desk/rt/people';
import type { RtTicket, RtTransaction } from '../../../../src-main/desk/rt/shapes';
import { CLOSED_AFTER_MS, ticketOf } from '../../../../src-main/desk/rt/ticket';
import { timelineOf, visitOf } from '../../../../src-main/desk/rt/timeline';
import {
  ALICE,
  at,
  created,
  ERIN,
  happened,
  replied,
  RT_ITSELF,
  rtTicket,
  setField,
  status,
} from './builders';

const FIELDS = RtFieldsSchema.parse({});
const NOW = new Date(at(59));
/** The ids of the builders' fields. */
const VISIT = '1';
const CONFIRMED = '2';

const timeline = (ticket: RtTicket, history: readonly RtTransaction[]) =>
  timelineOf({ ticket, history, people: peopleOf(ticket), fields: FIELDS });
const shown = (ticket: RtTicket, history: readonly RtTransaction[], now = NOW) =>
  ticketOf({ ticket, history, messages: [], filed: null }, FIELDS, now);
const steps = (ticket: RtTicket, history: readonly RtTransaction[]) =>
  timeline(ticket, history).steps.map(({ step, at: when, by }) => [step, when, by]);

describe('the steps of a ticket', () => {
  it('begin with its filing', () => {
    expect(steps(rtTicket(), [created])).toEqual([['created', at(0), 'Alice Ahmadi']]);
    expect(timeline(rtTicket(), [created]).step).toBe('created');
  });

  it('do not take RT’s own doings, nor the requester’s, for the desk’s', () => {
    const history = [
      created,
      replied(1, ALICE),
      status(1, 'open', RT_ITSELF),
      happened(2, { Creator: RT_ITSELF }),
    ];
    expect(timeline(rtTicket({ Status: 'open' }), history).step).toBe('created');
  });

  it('are received by the first thing the desk does', () => {
    const history = [created, happened(3, { Field: 'Priority' }), happened(5, { Field: 'Priority' })];
    expect(steps(rtTicket(), history)[1]).toEqual(['received', at(3), 'Erin Engineer']);
  });

  it('are reviewed when the visit was decided, the last time it was', () => {
    const history = [created, setField(3, VISIT, 'remote'), setField(5, VISIT, 'on-site')];
    const ticket = rtTicket({}, { Visit: 'on-site' });
    expect(steps(ticket, history)).toContainEqual(['reviewed', at(5), 'Erin Engineer']);
    expect(visitOf(ticket, 'Visit')).toBe('onSite');
    // Taken back, it is not reviewed any more.
    expect(timeline(rtTicket(), [...history, setField(6, VISIT, '')]).step).toBe('received');
  });

  it.each([
    ['Remote', 'remote'],
    ['remotely', 'remote'],
    ['on-site', 'onSite'],
    ['On site', 'onSite'],
    ['onsite', 'onSite'],
    ['maybe', null],
    ['', null],
  ])('read %j of the visit as %s', (value, visit) => {
    expect(visitOf(rtTicket({}, { Visit: value }), 'Visit')).toBe(visit);
  });

  it('are assigned when somebody has it', () => {
    const owned = happened(4, { Type: 'SetWatcher', Field: 'Owner' });
    const ticket = rtTicket({ Owner: ERIN });
    expect(steps(ticket, [created, owned])).toContainEqual(['assigned', at(4), 'Erin Engineer']);
    expect(shown(ticket, [created, owned]).assignee).toEqual({ name: 'Erin Engineer', role: 'engineer' });
    // And not any more when nobody has.
    expect(timeline(rtTicket(), [created, owned]).step).toBe('received');
  });

  it.each([
    ['the desk answers', [replied(4)]],
    ['somebody of the desk opens it', [status(4, 'open')]],
  ])('are at work when %s', (_what, done) => {
    expect(timeline(rtTicket({ Status: 'open' }), [created, ...done]).step).toBe('working');
  });

  it('are resolved only while the ticket is', () => {
    const history = [created, status(4, 'resolved')];
    expect(timeline(rtTicket({ Status: 'resolved' }), history)).toMatchObject({
      step: 'resolved',
      resolvedAt: at(4),
    });
    const again = timeline(rtTicket({ Status: 'open', Resolved: at(4) }), [
      ...history,
      status(6, 'open', ALICE),
    ]);
    expect(again).toMatchObject({ step: 'working', resolvedAt: null });
    expect(again.steps.map(({ step }) => step)).not.toContain('resolved');
  });

  it('are none where the status is a provider’s own, or the ticket was refused', () => {
    expect(shown(rtTicket({ Status: 'waiting for vendor' }), [created])).toMatchObject({
      step: null,
      statusLabel: 'waiting for vendor',
      closed: false,
    });
    expect(shown(rtTicket({ Status: 'rejected' }), [created, status(4, 'rejected')])).toMatchObject({
      step: null,
      closed: true,
      withdrawn: false,
    });
  });

  it('tell a ticket that the requester took back from one that the desk refused', () => {
    const history = [created, status(4, 'rejected', ALICE)];
    expect(shown(rtTicket({ Status: 'rejected' }), history)).toMatchObject({ closed: true, withdrawn: true });
  });

  it('never go beyond where the ticket stands, whatever happened in whatever order', () => {
    const any = fc.constantFrom(
      ...[
        replied(1),
        replied(1, ALICE),
        status(1, 'open'),
        status(1, 'open', RT_ITSELF),
        status(1, 'stalled'),
      ],
      ...[status(1, 'resolved'), setField(1, VISIT, 'remote'), setField(1, CONFIRMED, 'yes', ALICE)],
      happened(1, { Type: 'SetWatcher', Field: 'Owner' }),
    );
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 12 }),
        fc.constantFrom('new', 'open', 'stalled', 'resolved', 'rejected', 'custom'),
        fc.boolean(),
        (events, Status, isOwned) => {
          const history = [
            created,
            ...events.map((one, index) => ({ ...one, id: String(index + 1), Created: at(index + 1) })),
          ];
          const ticket = shown(rtTicket({ Status, ...(isOwned && { Owner: ERIN }) }), history);
          const order = ticket.steps.map(({ step }) => STEPS.indexOf(step));
          expect(order).toEqual(order.toSorted((one, other) => one - other));
          expect(new Set(order).size).toBe(order.length);
          if (ticket.step !== null)
            expect(STEPS.indexOf(ticket.step)).toBeGreaterThanOrEqual(Math.max(...order));
          if (Status !== 'resolved') expect(ticket.step).not.toBe('resolved');
        },
      ),
    );
  });
});

describe('the end of a ticket', () => {
  const resolved = (fields: Readonly<Record<string, string>> = {}) =>
    rtTicket({ Status: 'resolved' }, fields);
  const done = [created, status(4, 'resolved')];

  it('waits for the requester, who says that it works', () => {
    expect(shown(resolved(), done)).toMatchObject({ closed: false, survey: 'none' });
    const confirmed = [...done, setField(6, CONFIRMED, 'yes', ALICE)];
    expect(shown(resolved({ RequesterConfirmed: 'yes' }), confirmed)).toMatchObject({
      closed: true,
      survey: 'waiting',
    });
  });

  it('does not follow from what was said before it was resolved again', () => {
    const before = [created, status(2, 'resolved'), setField(3, CONFIRMED, 'yes', ALICE), status(4, 'open')];
    const ticket = resolved({ RequesterConfirmed: 'yes' });
    expect(shown(ticket, [...before, status(5, 'resolved')])).toMatchObject({
      closed: false,
      survey: 'none',
    });
  });

  it('comes by itself after two weeks, without a survey', () => {
    const later = new Date(Date.parse(at(4)) + CLOSED_AFTER_MS + 1);
    expect(shown(resolved(), done, later)).toMatchObject({ step: 'resolved', closed: true, survey: 'none' });
  });

  it('comes at once where nobody can say that it works, with a survey while it is fresh', () => {
    const fields = { ...FIELDS, confirmed: null };
    const view = (now: Date) =>
      ticketOf({ ticket: resolved(), history: done, messages: [], filed: null }, fields, now);
    expect(view(NOW)).toMatchObject({ closed: true, survey: 'waiting' });
    const later = new Date(Date.parse(at(4)) + CLOSED_AFTER_MS + 1);
    expect(view(later)).toMatchObject({ closed: true, survey: 'none' });
  });

  it('has a survey that is answered when all five are', () => {
    const four = { SurveyQ1: '5', SurveyQ2: '5', SurveyQ3: '5', SurveyQ4: '5' };
    expect(shown(resolved(four), done).survey).toBe('none');
    expect(shown(resolved({ ...four, SurveyQ5: '1' }), done).survey).toBe('answered');
  });

  it('has no survey where the ticket lacks a field of it', () => {
    const ticket = resolved({ RequesterConfirmed: 'yes' });
    const without = {
      ...ticket,
      CustomFields: ticket.CustomFields.filter(({ name }) => name !== 'SurveyQ4'),
    };
    const history = [...done, setField(6, CONFIRMED, 'yes', ALICE)];
    expect(shown(without, history)).toMatchObject({ closed: true, survey: 'none' });
  });
});
