import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { emptyIntake, INTAKE_KINDS, type Intake } from '@shared/domain/intake';
import { cleanText } from '@shared/domain/text';
import { createTranslator } from '@shared/locales';
import { messageMail, ticketMail, type Mail, type MailContext } from '../../../../src-main/desk/email/mail';
import { encodedSize, sizeOf, toMime } from '../../../../src-main/desk/email/mime';
import { ref } from '../../../support/samples';
import { outgoingFile } from '../../../live/board';

const CONTEXT: MailContext = {
  sender: { name: 'Ada Ellis', email: 'ada@harbour-tea.example', phone: '' },
  route: { deskAddress: 'help@desk.example', billingAddress: 'billing@desk.example' },
  now: new Date('2026-03-02T08:42:00.000Z'),
  t: createTranslator('en').t,
};
/** Headers this mail may have; anything else was smuggled in. */
const HEADERS = new Set([
  'x-deskbell-ref',
  'importance',
  'x-priority',
  'from',
  'to',
  'cc',
  'reply-to',
  'subject',
  'message-id',
  'in-reply-to',
  'references',
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);
/** What somebody may type or paste, with everything that ends a line or a header somewhere. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '\r\nBcc: eve@example.com',
        '\n\n.\r\n',
        '\u2028',
        '\u0085X: y',
        '=?utf-8?q?=0D=0ABcc:_eve?=',
        '"<eve@example.com>',
        ' ,;:<>@',
        'שלום',
        '\u{1F5A8}\uFE0F',
        '\ud800',
        'a'.repeat(1200),
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const anyIntake: fc.Arbitrary<Intake> = fc
  .record({
    problem: anyText,
    lostFunction: anyText,
    triedText: anyText,
    emergency: fc.boolean(),
    kind: fc.constantFrom(...INTAKE_KINDS),
    contact: fc.record({ name: anyText, phone: anyText, email: fc.oneof(anyText, fc.emailAddress()) }),
  })
  .map((over) => ({ ...emptyIntake(), ...over }));
const anyFiles = fc.array(
  fc
    .record({ name: anyText.map((name) => name.slice(0, 255) || 'x'), type: anyText, size: fc.nat(400) })
    .map(({ name, type, size }) => outgoingFile(name, Buffer.alloc(size, 65), type)),
  { maxLength: 3 },
);
const anyMail: fc.Arbitrary<Mail> = fc
  .record({ summary: anyText, intake: anyIntake, files: anyFiles, name: anyText, isMessage: fc.boolean() })
  .map(({ summary, intake, files, name, isMessage }) => {
    const context = { ...CONTEXT, sender: { ...CONTEXT.sender, name } };
    const filed = { summary, intake };
    return isMessage
      ? messageMail(ref(), { text: intake.problem, files, filed }, ref(), context)
      : ticketMail({ ...filed, files }, ref(), context);
  });
const bytesOf = async (mail: Mail): Promise<Buffer> =>
  toMime(mail, await Promise.all(mail.files.map((file) => file.open())));
const headOf = (bytes: Buffer): string => bytes.toString('latin1').split('\r\n\r\n')[0] ?? '';

describe('an e-mail', () => {
  it('has the headers it should have and no others, whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(anyMail, async (mail) => {
        const head = headOf(await bytesOf(mail)).split('\r\n');
        const names = head
          .filter((line) => !/^[ \t]/.test(line))
          .map((line) => line.split(':')[0]?.toLowerCase());
        expect(names.filter((name) => name === undefined || !HEADERS.has(name))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('goes to the desk, and to billing when somebody joins or leaves, whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(anyMail, async (mail) => {
        const { to, cc, from } = await simpleParser(await bytesOf(mail));
        const addresses = [to, cc, from].map((list) => [list].flat().flatMap((one) => one?.value ?? []));
        expect(addresses.map((list) => list.map(({ address }) => address))).toEqual([
          ['help@desk.example'],
          mail.cc === null ? [] : ['billing@desk.example'],
          ['ada@harbour-tea.example'],
        ]);
      }),
    );
  });

  it('reads as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(anyIntake, anyFiles, async (intake, files) => {
        const id = ref();
        const mail = ticketMail({ summary: 'x', intake, files }, id, CONTEXT);
        const read = await simpleParser(await bytesOf(mail));
        const rule = `\n\n${'='.repeat(60)}\n`;
        const text = read.text ?? '';
        expect(text.slice(0, text.lastIndexOf(rule))).toBe(cleanText(intake.problem).trim());
        expect(text.trimEnd().endsWith(`[ref ${id}]`)).toBe(true);
        expect(read.attachments.map(({ size }) => size)).toEqual(files.map(({ size }) => size));
        expect(read.attachments.every(({ contentDisposition }) => contentDisposition === 'attachment')).toBe(
          true,
        );
      }),
    );
  });

  it('is as large as was said before its files were opened', async () => {
    await fc.assert(
      fc.asyncProperty(anyMail, async (mail) => {
        expect(await sizeOf(mail)).toBe((await bytesOf(mail)).length);
      }),
      { numRuns: 50 },
    );
    expect([0, 1, 57, 58].map(encodedSize)).toEqual([0, 4, 76, 82]);
  });

  it('has no line longer than the line may be', async () => {
    await fc.assert(
      fc.asyncProperty(anyMail, async (mail) => {
        const lines = (await bytesOf(mail)).toString('latin1').split('\r\n');
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
        expect(lines.some((line) => /[\r\n]|[^\t\x20-\x7e]/.test(line))).toBe(false);
      }),
    );
  });

  it('has its answers in the order of the form, each in its column', () => {
    const intake: Intake = {
      ...emptyIntake({ name: 'Ada Ellis', phone: '616 555 0199', email: 'ada@harbour-tea.example' }),
      problem: 'No paper comes out.',
      since: 'other',
      sinceText: 'since the move',
      impact: 'slower',
      lostFunction: 'delivery notes',
      triedText: 'another tray\nanother cable',
      restarted: 'both',
      device: [
        { key: 'hostName', value: 'HT-PC-07' },
        { key: 'os', value: 'Debian 12' },
      ],
    };
    const files = [outgoingFile('tray.png', Buffer.alloc(3)), outgoingFile('cable.png', Buffer.alloc(3))];
    const id = ref();
    expect(ticketMail({ summary: 'No paper', intake, files }, id, CONTEXT).text.split('\n')).toEqual([
      'No paper comes out.',
      '',
      '='.repeat(60),
      'Since when:           since the move',
      'What can’t be done:   Work is slower: delivery notes',
      'Restarted:            Both',
      'What else was tried:  another tray',
      '                      another cable',
      'Whom to ask:          Ada Ellis, 616 555 0199, ada@harbour-tea.example',
      'Computer:             HT-PC-07',
      'System:               Debian 12',
      'Attached:             tray.png',
      '                      cable.png',
      '',
      `[ref ${id}]`,
      '',
    ]);
  });
});
