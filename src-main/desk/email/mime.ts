import MailComposer from 'nodemailer/lib/mail-composer';
import { cleanText } from '@shared/domain/text';
import type { OutgoingFile } from '../connector';
import type { Mail } from './mail';

/** Base64 in lines of 76 characters (RFC 2045, section 6.8). */
const LINE_BYTES = 57;
const LINE_LENGTH = 78;

/**
 * The e-mail as it goes over the line (RFC 5322, 2045, 2231). `contents` are the bytes of the files, in order. File names and
 * headers in any script are encoded; nothing is read from disk or fetched.
 */
export function toMime(mail: Mail, contents: readonly Uint8Array[]): Promise<Buffer> {
  const composer = new MailComposer({
    from: mail.from,
    to: { name: '', address: mail.to },
    ...(mail.cc === null ? {} : { cc: { name: '', address: mail.cc } }),
    ...(mail.replyTo.length === 0 ? {} : { replyTo: [...mail.replyTo] }),
    subject: mail.subject,
    // Lines of a text end with CRLF on the line (RFC 2046, section 4.1.1).
    text: mail.text.replaceAll('\n', '\r\n'),
    date: mail.date,
    messageId: mail.messageId,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo, references: [mail.inReplyTo] }),
    headers: {
      'X-Deskbell-Ref': mail.ref,
      ...(mail.isUrgent ? { Importance: 'high', 'X-Priority': '1' } : {}),
    },
    attachments: mail.files.map((file, index) => ({
      filename: fileName(file),
      contentType: mediaType(file.type),
      contentDisposition: 'attachment',
      content: Buffer.from(contents[index] ?? []),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** How many bytes the e-mail has on the line, without opening its files. */
export async function sizeOf(mail: Mail): Promise<number> {
  const withoutContents = await toMime(mail, []);
  return mail.files.reduce((sum, { size }) => sum + encodedSize(size), withoutContents.length);
}

/** How many bytes a file of a size takes on the line. */
export function encodedSize(bytes: number): number {
  if (bytes === 0) return 0;
  const lines = Math.ceil(bytes / LINE_BYTES);
  const last = bytes - (lines - 1) * LINE_BYTES;
  return (lines - 1) * LINE_LENGTH + Math.ceil(last / 3) * 4;
}

const fileName = ({ name }: OutgoingFile): string => cleanText(name).replace(/\s+/g, ' ').trim() || 'file';

/** Of parts that contain parts (`multipart/…`, `message/…`) other rules hold: a file that calls itself one goes as mere bytes. */
const mediaType = (type: string): string =>
  /^(?!multipart\/|message\/)[a-z\d!#$&^_.+-]+\/[a-z\d!#$&^_.+-]+$/i.test(type)
    ? type.toLowerCase()
    : 'application/octet-stream';
