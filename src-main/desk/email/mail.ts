import * as z from 'zod';
import type { MailRoute, Sender } from '@shared/domain/board';
import type { Intake } from '@shared/domain/intake';
import type { Ref } from '@shared/domain/primitives';
import { cleanText, shorten } from '@shared/domain/text';
import type { Translate } from '@shared/locales';
import type { OutgoingFile, OutgoingMessage, TicketCreation } from '../connector';
import { messageBody, ticketBody, type Note } from './body';

/** The longest name or summary in a header, in UTF-16 units. */
const MAX_LINE = 200;

/** Somebody with an address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** An e-mail, whole but for the bytes of its files. Every text is one line but the body; nothing in it can be a header of its own. */
export interface Mail {
  readonly from: Mailbox;
  readonly to: string;
  /** `null`: nobody. */
  readonly cc: string | null;
  /** Empty: as `from`. */
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
  readonly ref: Ref;
  /** With angle brackets. */
  readonly messageId: string;
  /** The first e-mail of its ticket, with angle brackets; `null`: this is the first. */
  readonly inReplyTo: string | null;
  readonly isUrgent: boolean;
  readonly files: readonly OutgoingFile[];
}

/** What an e-mail needs besides its content. */
export interface MailContext {
  readonly sender: Sender;
  readonly route: Pick<MailRoute, 'deskAddress' | 'billingAddress'>;
  readonly now: Date;
  readonly t: Translate;
}

/** The first e-mail of a ticket. `note`: the copy for billing was refused, so the desk is asked to pass it on. */
export function ticketMail(
  { summary, intake, files }: TicketCreation,
  ref: Ref,
  context: MailContext,
  note: Note | null = null,
): Mail {
  const { sender, route, t } = context;
  return {
    ...frame(ref, context),
    cc: note === null && intake.kind !== 'problem' ? route.billingAddress : null,
    replyTo: answersTo(sender, intake),
    subject: subjectOf(summary, intake, t),
    text: ticketBody({ intake, files, ref, note }, t),
    inReplyTo: null,
    isUrgent: intake.emergency,
    files,
  };
}

/** A later e-mail of a ticket; mail programs and ticketing systems put it with the first. */
export function messageMail(
  ticket: Ref,
  { text, files, filed }: OutgoingMessage,
  ref: Ref,
  context: MailContext,
): Mail {
  const { sender, t } = context;
  const subject = filed ? subjectOf(filed.summary, filed.intake, t) : null;
  return {
    ...frame(ref, context),
    cc: null,
    replyTo: filed ? answersTo(sender, filed.intake) : [],
    subject: subject === null ? t('email:subject.replyUnknown') : t('email:subject.reply', { subject }),
    text: messageBody({ text, files, ticket }, t),
    inReplyTo: messageId(ticket, sender),
    isUrgent: filed?.intake.emergency ?? false,
    files,
  };
}

function frame(ref: Ref, { sender, route, now }: MailContext) {
  return {
    from: { name: oneLine(sender.name), address: sender.email },
    to: route.deskAddress,
    date: now,
    ref,
    messageId: messageId(ref, sender),
  };
}

/** The same for a ref whenever it is sent, so that a mailbox shows a repetition as what it is (RFC 5322, section 3.6.4). */
const messageId = (ref: Ref, { email }: Sender): string =>
  `<${ref}@${email.slice(email.lastIndexOf('@') + 1).toLowerCase()}>`;

/**
 * Whom the desk answers: the sender, and the colleague who is to be asked. The sender first: ticketing systems take the first
 * for the one who asked.
 */
function answersTo(sender: Sender, { contact }: Pick<Intake, 'contact'>): readonly Mailbox[] {
  const address = contact.email.trim();
  const isAnother = address.toLowerCase() !== sender.email.toLowerCase();
  if (!isAnother || !z.email().max(300).safeParse(address).success) return [];
  return [
    { name: oneLine(sender.name), address: sender.email },
    { name: oneLine(contact.name), address },
  ];
}

/** What it is about, and first how urgent it is where that matters (guide, chapter 6). */
function subjectOf(summary: string, { emergency, impact }: Intake, t: Translate): string {
  const line = oneLine(summary);
  if (emergency) return t('email:subject.emergency', { summary: line });
  return impact === 'stopped' ? t('email:subject.stopped', { summary: line }) : line;
}

/** One line, and short enough for a header even if it is a single word (RFC 5322, section 2.1.1). */
const oneLine = (text: string): string => shorten(cleanText(text).replace(/\s+/g, ' ').trim(), MAX_LINE);
