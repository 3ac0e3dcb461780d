import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardCheck } from '@shared/domain/board';
import { emptyIntake } from '@shared/domain/intake';
import type { DeskConnector } from '../../../src-main/desk/connector';
import { ref } from '../../support/samples';
import { value } from '../../support/value';
import { startRtBoard, type RtBoard, type RtConnectOptions } from './rt-board';

const PATIENT = { timeout: 60_000 };
const problem = { summary: 'A problem', intake: { ...emptyIntake(), problem: 'A problem' }, files: [] };

describe('Check this board: Request Tracker', () => {
  let board: RtBoard;
  const connect = (options: RtConnectOptions = {}): DeskConnector => board.connect(options);
  const check = async (desk: DeskConnector): Promise<readonly BoardCheck[]> => value(await desk.check());
  const of = (lines: readonly BoardCheck[], subject: BoardCheck['subject'], name?: string): BoardCheck[] =>
    lines.filter((line) => line.subject === subject && (name === undefined || line.name === name));

  beforeAll(async () => {
    board = await startRtBoard(300);
  }, 180_000);
  afterAll(async () => {
    await board.close();
  });

  it('says what is good, and what nobody can know before the first ticket', PATIENT, async () => {
    const lines = await check(connect());
    expect(of(lines, 'reach')[0]).toMatchObject({
      outcome: 'good',
      name: expect.stringMatching(/^Request Tracker 5\./) as string,
    });
    expect(of(lines, 'signIn')[0]).toMatchObject({ name: 'Alice Ahmadi', outcome: 'good' });
    expect(of(lines, 'queue')[0]).toMatchObject({ name: 'Service Board', outcome: 'good' });
    expect(of(lines, 'createTicket')[0]?.outcome).toBe('good');
    expect(of(lines, 'field').map(({ outcome }) => outcome)).toEqual(Array(15).fill('good'));
    expect(of(lines, 'seeTicket')[0]).toMatchObject({ outcome: 'unknown', hint: 'ShowTicket' });
    expect(of(lines, 'fieldWrite', 'ClientRequestId')[0]).toMatchObject({
      outcome: 'unknown',
      effect: 'noDuplicates',
      hint: 'SetInitialCustomField',
    });
  });

  it('takes earlier tickets for proof, and changes nothing', PATIENT, async () => {
    const desk = connect({ as: 'bob' });
    value(await desk.create(problem, ref()));
    const count = () => board.rt.sql('SELECT count(*) FROM Transactions');
    const before = await count();
    const lines = await check(desk);
    expect(of(lines, 'seeTicket')[0]?.outcome).toBe('good');
    expect(of(lines, 'reply')[0]?.outcome).toBe('good');
    expect(of(lines, 'fieldWrite', 'ClientRequestId')[0]?.outcome).toBe('good');
    // Whether the survey can be answered shows only when one was.
    expect(of(lines, 'fieldWrite', 'SurveyQ1')[0]).toMatchObject({
      outcome: 'unknown',
      effect: 'survey',
      hint: 'ModifyCustomField',
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ['Hidden Board', 'queue', 'Hidden Board', { outcome: 'missing', effect: 'filing', hint: 'SeeQueue' }],
    ['No Such Board', 'queue', 'No Such Board', { outcome: 'missing', effect: 'filing', hint: 'SeeQueue' }],
    [
      'Closed Board',
      'createTicket',
      'Closed Board',
      { outcome: 'missing', effect: 'filing', hint: 'CreateTicket' },
    ],
    ['Bare Board', 'field', 'ClientRequestId', { outcome: 'missing', effect: 'noDuplicates' }],
    ['Bare Board', 'field', 'MessageId', { outcome: 'missing', effect: 'noDuplicates' }],
    ['Bare Board', 'field', 'Visit', { outcome: 'missing', effect: 'visit', hint: 'SeeCustomField' }],
    ['Bare Board', 'field', 'SurveyQ3', { outcome: 'missing', effect: 'survey' }],
    ['Bare Board', 'field', 'RequesterConfirmed', { outcome: 'missing', effect: 'confirming' }],
    ['Bare Board', 'field', 'Impact', { outcome: 'missing', effect: 'intakeFields' }],
  ] as const)('says what the %s lacks: %s %s', PATIENT, async (queue, subject, name, expected) => {
    const lines = await check(connect({ queue }));
    expect(of(lines, subject, name)).toMatchObject([expected]);
  });

  it('says which right is missing, once a ticket shows it', PATIENT, async () => {
    const mute = connect({ queue: 'Mute Board' });
    value(await mute.create(problem, ref()));
    expect(of(await check(mute), 'reply')[0]).toMatchObject({
      outcome: 'missing',
      effect: 'replying',
      hint: 'ReplyToTicket',
    });
    const forgetful = connect({ queue: 'Forgetful Board' });
    value(await forgetful.create(problem, ref()));
    expect(of(await check(forgetful), 'fieldWrite', 'ClientRequestId')[0]).toMatchObject({
      outcome: 'missing',
      effect: 'noDuplicates',
      hint: 'SetInitialCustomField',
    });
  });

  it('leaves out what the settings leave out', PATIENT, async () => {
    const plain = connect({ fields: { survey: null, surveyComment: null, surveyRef: null, visit: null } });
    expect(plain.capabilities).toMatchObject({ rating: 'none', idempotency: 'lookup', confirm: true });
    const names = (await check(plain)).map(({ name }) => name);
    expect(names).not.toContain('SurveyQ1');
    expect(names).not.toContain('Visit');
    const keyless = connect({ fields: { ref: null, confirmed: null } });
    expect(keyless.capabilities).toMatchObject({ idempotency: 'none', confirm: false });
    expect(await keyless.findByRef(ref())).toEqual({ kind: 'impossible' });
  });

  it('asks to sign in first', async () => {
    const stranger = connect({ isSignedOut: () => true });
    expect(await stranger.check()).toEqual({ ok: false, fault: { kind: 'authExpired' } });
  });
});
