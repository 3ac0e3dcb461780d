import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RtFieldsSchema, type RtFields } from '@shared/domain/board';
import { emptyIntake } from '@shared/domain/intake';
import type { BoardSession } from '../../../src-main/desk/board-type';
import { rt } from '../../../src-main/desk/rt/rt';
import { boardTools } from '../../support/board-tools';
import { ref } from '../../support/samples';
import { startRtServer, type RtServer } from './rt-server';

const PATIENT = { timeout: 60_000 };
const tools = boardTools();

describe('a Request Tracker without some of the fields', () => {
  let server: RtServer;
  let session: BoardSession;
  const targetWith = (fields: Partial<RtFields>, queue = server.queue) =>
    ({ kind: 'rt', url: server.url, queue, fields: { ...RtFieldsSchema.parse({}), ...fields } }) as const;
  const lackingAt = async (fields: Partial<RtFields>, queue?: string) =>
    rt.lacking?.(targetWith(fields, queue), session, tools);
  const connect = (fields: Partial<RtFields>, lacking: readonly string[]) =>
    rt.connect(targetWith(fields), session, { name: 'Alice', email: '', phone: '' }, tools, lacking);

  beforeAll(async () => {
    server = await startRtServer();
    const { token } = server.people.alice;
    session = { credential: async () => ({ kind: 'token', token }) };
  }, 180_000);
  afterAll(() => server.close());

  it('says which ones are not there, and none where all are', PATIENT, async () => {
    expect(await lackingAt({})).toEqual({ ok: true, value: [] });
    expect(await lackingAt({ visit: null })).toEqual({ ok: true, value: [] });
    expect(await lackingAt({ ref: 'Nope', messageRef: 'ClientRequestId', confirmed: 'Neither' })).toEqual({
      ok: true,
      value: ['Nope', 'Neither', 'ClientRequestId'],
    });
    expect(await lackingAt({}, 'No such queue')).toMatchObject({ ok: false });
  });

  it('can do less, and files all the same', PATIENT, async () => {
    const survey = ['SurveyQ1', 'SurveyQ2', 'SurveyQ3', 'SurveyQ4', 'SurveyQ9'];
    const fields = { survey, confirmed: 'Neither', ref: 'Nope' };
    const desk = connect(fields, ['SurveyQ9', 'Neither', 'Nope']);
    expect(desk.capabilities).toMatchObject({ rating: 'none', confirm: false, idempotency: 'none' });
    const ticket = { summary: 'Less', intake: { ...emptyIntake(), problem: 'Less' }, files: [] };
    const filed = await desk.create(ticket, ref());
    expect(filed.ok).toBe(true);
    const checked = await desk.check();
    const missing = checked.ok ? checked.value.filter(({ outcome }) => outcome === 'missing') : [];
    expect(missing.map(({ name }) => name)).toEqual(['Nope', 'Neither', 'SurveyQ9']);
    desk.close();
  });

  it('lacks what an administrator has taken away since', PATIENT, async () => {
    await server.sql(
      "UPDATE CustomFields SET Disabled = 1 WHERE Name IN ('RequesterConfirmed', 'SurveyComment')",
    );
    expect(await lackingAt({})).toEqual({ ok: true, value: ['RequesterConfirmed', 'SurveyComment'] });
    const desk = connect({}, ['RequesterConfirmed', 'SurveyComment']);
    expect(desk.capabilities).toMatchObject({ rating: 'none', confirm: false, idempotency: 'lookup' });
    desk.close();
  });
});
