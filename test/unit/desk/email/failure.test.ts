import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import {
  faultOf,
  parseReply,
  wordsOf,
  type Failure,
  type Stage,
} from '../../../../src-main/desk/email/failure';

const NOW = new Date('2026-03-02T08:42:00.000Z');
const said = (text: string, stage: Stage = 'envelope'): DeskFault => {
  const reply = parseReply(text);
  if (!reply) throw new Error(`${text} is no reply`);
  return faultOf({ kind: 'refused', stage, reply }, NOW);
};

describe('a reply', () => {
  it.each([
    ['250', 250, null, '250'],
    ['250 OK', 250, null, '250 OK'],
    ['550 5.7.1 Not you', 550, '5.7.1', '550 5.7.1 Not you'],
    ['550-5.7.1 Not you\n550 5.7.1 and not now', 550, '5.7.1', '550 5.7.1 Not you and not now'],
    ['450 4.7.1', 450, '4.7.1', '450 4.7.1'],
  ])('%j', (text, code, status, words) => {
    const reply = parseReply(text);
    expect(reply).toMatchObject({ code, status });
    expect(reply && wordsOf(reply)).toBe(words);
  });

  it.each(['', '<!doctype html>', 'HTTP/1.1 200 OK', '25', '2500 x', '650 x', '250ok'])(
    'is not %j',
    (text) => {
      expect(parseReply(text)).toBeNull();
    },
  );
});

describe('what a submission that failed means', () => {
  it.each<[string, Stage, DeskFault]>([
    ['550 no such user', 'envelope', { kind: 'rejected', message: '550 no such user', fields: [] }],
    ['552 5.3.4 too big', 'envelope', { kind: 'rejected', message: '552 5.3.4 too big', fields: [] }],
    ['554 spam', 'content', { kind: 'rejected', message: '554 spam', fields: [] }],
    ['450 busy', 'envelope', { kind: 'serverFault', status: 450 }],
    ['451 error', 'content', { kind: 'serverFault', status: 451 }],
    ['554 your network is blocked', 'session', { kind: 'serverFault', status: 554 }],
    ['535 5.7.8 no', 'signIn', { kind: 'authExpired' }],
    ['534 5.7.9 app password needed', 'signIn', { kind: 'authExpired' }],
    ['454 4.7.0 later', 'signIn', { kind: 'throttled', until: '2026-03-02T08:43:00.000Z' }],
    ['502 not implemented', 'signIn', { kind: 'rejected', message: '502 not implemented', fields: [] }],
    ['530 5.7.0 sign in first', 'envelope', { kind: 'authExpired' }],
    ['450 4.7.1 grey-listed', 'envelope', { kind: 'throttled', until: '2026-03-02T08:43:00.000Z' }],
    ['421 going down', 'content', { kind: 'throttled', until: '2026-03-02T08:43:00.000Z' }],
  ])('%s (%s)', (text, stage, fault) => expect(said(text, stage)).toEqual(fault));

  it('is in doubt when the content had begun and no answer came, and only then', () => {
    const causes = ['timeout', 'reset', 'garbled', 'cancelled'] as const;
    const broken = (stage: Stage): readonly string[] =>
      causes.map((cause) => faultOf({ kind: 'broken', stage, cause } satisfies Failure, NOW).kind);
    expect(broken('content')).toEqual(causes.map(() => 'ambiguous'));
    for (const stage of ['session', 'signIn', 'envelope'] as const)
      expect(broken(stage)).toEqual(causes.map(() => 'offline'));
  });
});
