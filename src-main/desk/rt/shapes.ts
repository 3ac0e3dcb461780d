import * as z from 'zod';

/** What REST2 answers, as far as Deskbell reads it. Ids come as text or number, and empty values as `''`, `null` or not at all. */

const id = z.union([z.string(), z.number()]).transform(String);
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : String(value)));
/** An instant in UTC; RT says the beginning of 1970 for none. */
const instant = text.transform((value) => {
  const ms = Date.parse(value);
  return Number.isNaN(ms) || value.startsWith('1970-01-01T') ? null : new Date(ms).toISOString();
});

const PersonShape = z.object({ id, Name: text, RealName: text });
const FieldShape = z.object({ id, name: z.string(), values: z.array(z.unknown()).default([]) });
/** Fields that somebody may not see, or that a queue does not have, are left out. */
const fields = z
  .union([z.array(FieldShape), z.literal('')])
  .nullish()
  .transform((value) => value || []);

/** A ticket, from a list or by itself. */
export const TicketShape = z.object({
  id,
  Subject: text,
  Status: text,
  Created: instant,
  LastUpdated: instant,
  Resolved: instant,
  Owner: PersonShape.nullish(),
  Requestor: z.array(PersonShape).default([]),
  CustomFields: fields,
});
/** A ticket as RT tells it. */
export type RtTicket = z.infer<typeof TicketShape>;

/** What happened to a ticket, one thing at a time. */
export const TransactionShape = z.object({
  id,
  ObjectId: id,
  Type: text,
  Field: text,
  OldValue: text,
  NewValue: text,
  Creator: PersonShape.nullish(),
  Created: instant,
  CustomFields: fields,
});
/** Something that happened to a ticket. */
export type RtTransaction = z.infer<typeof TransactionShape>;

/** A part of what somebody wrote: the words, a file, or what holds both together. */
export const PartShape = z.object({
  id,
  TransactionId: id,
  Filename: text,
  ContentType: text,
  ContentLength: text.transform((value) => Number(value) || 0),
});
/** A part of what somebody wrote. */
export type RtPart = z.infer<typeof PartShape>;

/** A part with its words. */
export const WordsShape = z.object({ id, Content: text });
/** The bytes of a part, in base64 with line breaks. */
export const BytesShape = z.object({ id, Content: text });

/** A page of a list. RT does not count what it may not show completely: then there is no total and no next page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    per_page: z.number(),
    total: z.number().nullish(),
    next_page: z.string().nullish(),
  });

/** The person who asks. */
export const UserShape = z.object({
  id,
  Name: text,
  RealName: text,
  EmailAddress: text,
  WorkPhone: text,
  MobilePhone: text,
});
/** A queue, with the names of its fields. */
export const QueueShape = z.object({
  id,
  Name: text,
  TicketCustomFields: z.array(z.object({ name: z.string() })).default([]),
  TicketTransactionCustomFields: z.array(z.object({ name: z.string() })).default([]),
  _hyperlinks: z.array(z.object({ ref: text })).default([]),
});
/** A queue as the person who asks may know it. */
export type RtQueue = z.infer<typeof QueueShape>;

/** What filing answers. */
export const CreatedShape = z.object({ id });
/** What changing and replying answer: sentences for people, also when nothing was changed. */
export const SentencesShape = z.array(z.unknown());
/** Which RT it is. */
export const VersionShape = z.object({ Version: z.string() });
