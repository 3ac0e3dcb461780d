import { emailReceipt } from '@shared/domain/by-email';
import { SenderSchema, type Capabilities, type MailRoute, type Sender } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { Receipt } from '@shared/domain/outbox';
import { RefSchema, type Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { Translate } from '@shared/locales';
import type { Clock } from '../../platform/types';
import type { BoardSession } from '../board-type';
import type { CallOptions, DeskConnector, WriteOptions } from '../connector';
import type { Note } from './body';
import { checkMailServer } from './check';
import { faultOf } from './failure';
import { messageMail, ticketMail, type Mail, type MailContext } from './mail';
import type { SmtpLimits, SmtpSession, SmtpSignIn } from './smtp';
import { submitMail, type Delivered } from './submit';

/** What the connector needs. */
export interface EmailOptions {
  readonly route: MailRoute;
  readonly session: BoardSession;
  /** Who writes. */
  readonly sender: Sender;
  readonly clock: Clock;
  readonly t: Translate;
  /** Certificates trusted beside the system's own, PEM. */
  readonly ca?: readonly string[];
  readonly limits?: Partial<SmtpLimits>;
}

const CAPABILITIES: Capabilities = {
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

const GONE: DeskFault = { kind: 'conflict', reason: 'gone' };
/** Never offered, because the capabilities say so. */
const NOT_POSSIBLE: DeskFault = { kind: 'rejected', message: '', fields: [] };

/** Connects to a desk that is a mailbox. It can only be written to; a ticket's id is the ref it was sent with. */
export function createEmailConnector(options: EmailOptions): DeskConnector {
  const { route, session, clock, t } = options;
  const sender = SenderSchema.safeParse(options.sender);
  const open = new Set<SmtpSession>();

  /** Connects, signs in, works and hangs up. */
  async function connected<Value>(
    work: (smtp: SmtpSession) => Promise<Result<Value, DeskFault>>,
    { signal }: CallOptions = {},
  ): Promise<Result<Value, DeskFault>> {
    const signIn = await signInOf(route, session);
    if (!signIn.ok) return signIn;
    const { openSmtp, DEFAULT_LIMITS } = await import('./smtp');
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const smtp = await openSmtp(route, signIn.value, { clock, ca: options.ca, limits, signal });
    if (!smtp.ok) return err(faultOf(smtp.fault, clock.now()));
    open.add(smtp.value);
    try {
      return await work(smtp.value);
    } finally {
      open.delete(smtp.value);
      smtp.value.close();
    }
  }

  const context = (writer: Sender): MailContext => ({ sender: writer, route, now: clock.now(), t });

  /** Sends an e-mail; once more without the copy, and saying so, where the server refuses just that. */
  async function send(
    mailOf: (note: Note | null, context: MailContext) => Mail,
    ticket: Ref,
    write: WriteOptions = {},
  ): Promise<Result<Receipt, DeskFault>> {
    if (!sender.success) return err(NOT_POSSIBLE);
    const deliver = (note: Note | null): Promise<Result<Delivered, DeskFault>> =>
      connected((smtp) => submitMail(smtp, mailOf(note, context(sender.data)), clock, write), write);
    const first = await deliver(null);
    const sent = first.ok && first.value.kind === 'copyRefused' ? await deliver(first.value.note) : first;
    if (!sent.ok) return sent;
    return sent.value.kind === 'taken' ? ok(emailReceipt(ticket)) : err(NOT_POSSIBLE);
  }

  return {
    capabilities: CAPABILITIES,

    whoAmI: (call) =>
      connected(async () => {
        if (!sender.success) return err(NOT_POSSIBLE);
        return ok({ id: sender.data.email.toLowerCase(), ...sender.data });
      }, call),
    agreement: async () => ok(null),
    announcements: async () => ok([]),

    create: (ticket, ref, write) => send((note, of) => ticketMail(ticket, ref, of, note), ref, write),
    async addMessage(id, message, ref, write) {
      const ticket = RefSchema.safeParse(id);
      if (!ticket.success) return err(GONE);
      return send((_note, of) => messageMail(ticket.data, message, ref, of), ticket.data, write);
    },
    setState: async () => err(NOT_POSSIBLE),
    rate: async () => err(NOT_POSSIBLE),
    join: async () => err(NOT_POSSIBLE),

    findByRef: async () => ({ kind: 'impossible' }),
    listChanged: async (cursor) => ok({ tickets: [], cursor: cursor ?? '', more: false }),
    get: async () => err(GONE),
    download: async () => err(GONE),

    check: (call) => checkMailServer(route, (work) => connected(work, call)),
    subscribe: () => () => undefined,
    close() {
      open.forEach((smtp) => smtp.close());
      open.clear();
    },
  };
}

/** What the mail server is told of who signs in; `null`: it asks nobody. */
async function signInOf(
  { signIn }: MailRoute,
  session: BoardSession,
): Promise<Result<SmtpSignIn, DeskFault>> {
  if (!signIn) return ok(null);
  const credential = await session.credential().catch(() => undefined);
  if (credential === undefined) return err({ kind: 'offline', cause: 'unreachable' });
  return credential?.kind === 'password' ? ok(credential) : err({ kind: 'authExpired' });
}
