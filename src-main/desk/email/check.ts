import { MAX_FILE_BYTES } from '@shared/domain/attachment';
import type { BoardCheck, MailRoute } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import { encodedSize } from './mime';
import type { SmtpSession } from './smtp';

type Connected = (
  work: (smtp: SmtpSession) => Promise<Result<number | null, DeskFault>>,
) => Promise<Result<number | null, DeskFault>>;

const MEGABYTE = 1024 * 1024;

/** *Check this board* for a mail server: nothing is sent, so that the desk's mailbox itself cannot be looked at. */
export async function checkMailServer(
  route: MailRoute,
  connected: Connected,
): Promise<Result<readonly BoardCheck[], DeskFault>> {
  const limit = await connected(async ({ maxBytes }) => ok(maxBytes));
  const reach = line('reach', `${route.host}:${route.port}`, 'good');
  if (limit.ok) return ok([reach, certificate(route), signIn(route, 'good'), size(limit.value)]);
  const { fault } = limit;
  if (fault.kind === 'offline' && fault.cause === 'certificate')
    return ok([reach, line('certificate', route.host, 'missing', 'everything')]);
  if (fault.kind === 'authExpired' || fault.kind === 'rejected')
    return ok([reach, certificate(route), signIn(route, 'missing')]);
  return err(fault);
}

/** On this computer nobody can read along. */
const certificate = ({ host, security }: MailRoute): BoardCheck =>
  line('certificate', host, security === 'none' ? 'limited' : 'good');

const signIn = (route: MailRoute, outcome: 'good' | 'missing'): BoardCheck =>
  line('signIn', route.signIn ? '' : 'AUTH', outcome, outcome === 'good' ? 'nothing' : 'everything');

function size(limit: number | null): BoardCheck {
  if (limit === null) return line('size', '', 'unknown');
  const isEnough = limit >= encodedSize(MAX_FILE_BYTES);
  const name = `${Math.floor(limit / MEGABYTE)} MB`;
  return line('size', name, isEnough ? 'good' : 'limited', isEnough ? 'nothing' : 'files');
}

const line = (
  subject: BoardCheck['subject'],
  name: string,
  outcome: BoardCheck['outcome'],
  effect: BoardCheck['effect'] = 'nothing',
): BoardCheck => ({ subject, name, outcome, effect, hint: '' });
