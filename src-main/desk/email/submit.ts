import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock } from '../../platform/types';
import type { OutgoingFile, WriteOptions } from '../connector';
import type { Note } from './body';
import { faultOf, wordsOf } from './failure';
import type { Mail } from './mail';
import { encodedSize, sizeOf, toMime } from './mime';
import type { RecipientsRefused, SmtpSession } from './smtp';

/** What came of handing an e-mail to the server. `copyRefused`: nobody has got it, because of the copy alone. */
export type Delivered = { readonly kind: 'taken' } | { readonly kind: 'copyRefused'; readonly note: Note };

/** Hands an e-mail to the server: looks at its size first, then reads its files, then submits it. */
export async function submitMail(
  smtp: SmtpSession,
  mail: Mail,
  clock: Pick<Clock, 'now'>,
  { onProgress }: WriteOptions,
): Promise<Result<Delivered, DeskFault>> {
  const tooLarge = await sizeFault(mail, smtp.maxBytes);
  if (tooLarge) return err(tooLarge);
  const contents = await openAll(mail.files);
  if (!contents.ok) return contents;
  const bytes = await toMime(mail, contents.value);
  const total = mail.files.reduce((sum, { size }) => sum + size, 0);
  const sent = await smtp.submit({
    from: mail.from.address,
    to: [mail.to, ...(mail.cc === null ? [] : [mail.cc])],
    bytes,
    ...(total > 0 && {
      onSent: (count) => onProgress?.(Math.floor((count / bytes.length) * total), total),
    }),
  });
  if (sent.ok) return ok({ kind: 'taken' });
  return sent.fault.kind === 'recipients'
    ? refusedBy(sent.fault, mail, clock.now())
    : err(faultOf(sent.fault, clock.now()));
}

/** What is too large as a whole; a file that does not even fit alone is named. */
async function sizeFault(mail: Mail, limit: number | null): Promise<DeskFault | null> {
  if (limit === null) return null;
  const bytes = await sizeOf(mail);
  if (bytes <= limit) return null;
  const fields = mail.files.flatMap(({ size }, index) =>
    encodedSize(size) > limit ? [{ pointer: `/files/${index}`, reason: '' }] : [],
  );
  return { kind: 'rejected', message: '', fields, tooLarge: { bytes, limit } };
}

async function openAll(files: readonly OutgoingFile[]): Promise<Result<readonly Uint8Array[], DeskFault>> {
  const contents: Uint8Array[] = [];
  for (const [index, file] of files.entries()) {
    const bytes = await file.open().catch(() => null);
    if (bytes === null)
      return err({
        kind: 'rejected',
        message: '',
        fields: [{ pointer: `/files/${index}`, reason: 'missing' }],
      });
    contents.push(bytes);
  }
  return ok(contents);
}

/**
 * A refusal for good of the copy alone must not keep the request from the desk. Anything else is an answer to the whole: of a
 * copy that is refused for now, both get it later.
 */
function refusedBy({ refused }: RecipientsRefused, mail: Mail, now: Date): Result<Delivered, DeskFault> {
  const [worst] = refused.toSorted(
    (a, b) => Number(b.address === mail.to) - Number(a.address === mail.to) || a.reply.code - b.reply.code,
  );
  if (worst === undefined) return err({ kind: 'serverFault', status: null });
  if (worst.address === mail.cc && worst.reply.code >= 500)
    return ok({ kind: 'copyRefused', note: { address: worst.address, words: wordsOf(worst.reply) } });
  return err(faultOf({ kind: 'refused', stage: 'envelope', reply: worst.reply }, now));
}
