import * as z from 'zod';
import { BOARD_KINDS } from './board-kinds';

export const BoardKindSchema = z.enum(BOARD_KINDS);
/** A kind of service board. */
export type BoardKind = z.infer<typeof BoardKindSchema>;

/** A web address as it is stored: `https:`, or `http:` on this computer itself; the connectors check it once more. */
const addressSchema = z.url({ protocol: /^https?$/ }).max(500);
/** A name in a board's own configuration, such as a queue's or a field's. */
const nameSchema = z.string().trim().min(1).max(200);
const field = (name: string) => nameSchema.nullable().default(name);

/**
 * The custom fields of a Request Tracker queue by what Deskbell keeps in them; `null`: the queue has no such field, and the
 * capabilities say so. See src-main/desk/rt/README.md for what an administrator sets up.
 */
export const RtFieldsSchema = z.object({
  /** Of the ticket: the idempotency key it was filed with. */
  ref: field('ClientRequestId'),
  /** Of a reply: the idempotency key it was written with. */
  messageRef: field('MessageId'),
  impact: field('Impact'),
  peopleAffected: field('PeopleAffected'),
  startedAt: field('StartedAt'),
  workaround: field('Workaround'),
  /** Says `remote` or `on-site` once the dispatcher has decided. */
  visit: field('Visit'),
  /** `yes` when the requester said that it works, `no` when it is still broken. */
  confirmed: field('RequesterConfirmed'),
  /** The five questions in their order. */
  survey: z
    .array(nameSchema)
    .length(5)
    .nullable()
    .default(['SurveyQ1', 'SurveyQ2', 'SurveyQ3', 'SurveyQ4', 'SurveyQ5']),
  surveyComment: field('SurveyComment'),
  surveyRef: field('SurveyRequestId'),
});
/** The custom fields of a Request Tracker queue by what Deskbell keeps in them. */
export type RtFields = z.infer<typeof RtFieldsSchema>;

/** How a mail server is spoken to: TLS from the first byte, or STARTTLS, which is then required. `none` on this computer only. */
export const MailSecuritySchema = z.enum(['tls', 'starttls', 'none']);

/** A mail server for submission (RFC 6409) and where requests go. */
export const MailRouteSchema = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  security: MailSecuritySchema,
  /** Whether the server asks for a name and password. */
  signIn: z.boolean().default(true),
  /** Where requests go: the service desk's mailbox. */
  deskAddress: z.email().max(300),
  /** In copy when people join or leave; `null`: nobody. */
  billingAddress: z.email().max(300).nullable().default(null),
});
/** A mail server for submission and where requests go. */
export type MailRoute = z.infer<typeof MailRouteSchema>;

export const BoardApiTargetSchema = z.object({ kind: z.literal('boardApi'), url: addressSchema });
export const RtTargetSchema = z.object({
  kind: z.literal('rt'),
  url: addressSchema,
  queue: nameSchema.default('Service Board'),
  fields: RtFieldsSchema.default(() => RtFieldsSchema.parse({})),
});
export const EmailTargetSchema = z.object({ kind: z.literal('email'), ...MailRouteSchema.shape });

/** Where a board is and how it is spoken to: what a policy, a `/.well-known/deskbell` or the search found. No secret is in it. */
export const BoardTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('practice') }),
  BoardApiTargetSchema,
  RtTargetSchema,
  EmailTargetSchema,
]);
/** Where a board is and how it is spoken to. */
export type BoardTarget = z.infer<typeof BoardTargetSchema>;

/** What a board can do; the screens follow it: what a board cannot do is not offered (DESIGN: the connector port). */
export const CapabilitiesSchema = z.object({
  /** How a repeated write is recognised: by key at the server, by looking the ref up first, or not at all. */
  idempotency: z.enum(['header', 'lookup', 'none']),
  /** Whether tickets can be read back at all (e-mail cannot). */
  read: z.boolean(),
  assigneeShown: z.boolean(),
  files: z.enum(['inline', 'staged', 'none']),
  /** How a resolved ticket is opened again. `reply`: by writing to it. */
  reopen: z.enum(['reply', 'transition', 'none']),
  /** Whether the user can say that a resolved ticket works, so that it closes. */
  confirm: z.boolean(),
  /** Whether the user can take a ticket back. */
  withdraw: z.boolean(),
  rating: z.enum(['scale5', 'field', 'none']),
  /** Whether the board lists who is affected by an announced outage. */
  join: z.boolean(),
  /** How changes since a point are found. */
  since: z.enum(['server', 'sort', 'scan', 'none']),
  push: z.boolean(),
});
/** What a board can do. */
export type Capabilities = Readonly<z.infer<typeof CapabilitiesSchema>>;

/**
 * What an identity provider is asked to do although it knows the user already (OpenID Connect Core, 3.1.2.1). `consent` is
 * for those that give a refresh token only with it (11).
 */
export const PromptSchema = z.enum(['consent', 'login', 'select_account']);

/** How somebody signs in to a board. */
export const SignInWaySchema = z.discriminatedUnion('kind', [
  /** Nothing to prove: the practice desk, or a mail server that asks nobody. */
  z.object({ kind: z.literal('nothing') }),
  /** By saying who one is: a practice desk that runs by itself believes everybody. */
  z.object({ kind: z.literal('persona') }),
  /** On the provider's page in the system's browser (OpenID Connect, RFC 8252). */
  z.object({
    kind: z.literal('browser'),
    issuer: addressSchema,
    clientId: z.string().min(1),
    scopes: z.array(z.string()),
    prompt: PromptSchema.optional(),
  }),
  /** Name and password of the board's own account; a token where the board gives its users some, or instead (policy). */
  z.object({ kind: z.literal('password'), orToken: z.boolean(), onlyToken: z.boolean().optional() }),
  /** The sender's name and address, and the mail account's name and password where the server asks for them. */
  z.object({ kind: z.literal('mail'), asksPassword: z.boolean() }),
]);
/** How somebody signs in to a board. */
export type SignInWay = z.infer<typeof SignInWaySchema>;

/** Who signs in to a desk that knows nobody by itself. */
export const SenderSchema = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(300),
  phone: z.string().trim().max(100).default(''),
});
/** Who writes, where the board does not know. */
export type Sender = z.infer<typeof SenderSchema>;

/** What the user gives to sign in; fits the `SignInWay`. Never logged, never stored but through the keyring. */
export const SignInProofSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('browser') }),
  z.object({ kind: z.literal('persona'), sender: SenderSchema }),
  z.object({
    kind: z.literal('password'),
    name: z.string().trim().min(1).max(300),
    password: z.string().min(1).max(1000),
  }),
  z.object({ kind: z.literal('token'), token: z.string().trim().min(1).max(5000) }),
  z.object({
    kind: z.literal('mail'),
    sender: SenderSchema,
    name: z.string().trim().max(300),
    password: z.string().max(1000),
  }),
]);
/** What the user gives to sign in. */
export type SignInProof = z.infer<typeof SignInProofSchema>;

/** What is in the way of a desk, so that a person can be told what to do about it. */
export const REACH_PROBLEMS = [
  /** What was typed is neither a web address, a domain nor an e-mail address. */
  'notAnAddress',
  /** A web address without TLS, beyond this computer. */
  'notSecure',
  'noNetwork',
  /** Nobody has this name, or nobody listens there. */
  'unreachable',
  'timeout',
  /** The certificate is not to be trusted. */
  'certificate',
  /** The certificate is fine but this computer's clock is not. */
  'clockOff',
  /** The network answered in the desk's place: it wants a sign-in of its own. */
  'captivePortal',
  /** Somebody answers, but it is no service desk that Deskbell knows. */
  'notADesk',
  'busy',
  /** The organisation has chosen the desk, and no other may be connected. */
  'notAllowed',
  /** The user stopped it: the search, the page in the browser. */
  'cancelled',
] as const;
/** What is in the way of a desk. */
export type ReachProblem = (typeof REACH_PROBLEMS)[number];

/** Why somebody could not be signed in. */
export const SIGN_IN_PROBLEMS = [
  ...REACH_PROBLEMS,
  'wrongPassword',
  /** Signed in, but without the right to file tickets. */
  'noRight',
  /** Signing in again ended at another person than the account's. */
  'otherPerson',
  /** No browser could be opened. */
  'noBrowser',
  /** What was found is not known any more (Deskbell was started anew): look again. */
  'expired',
  'failed',
] as const;
/** Why somebody could not be signed in. */
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number];

/** A picture as a `data:` URL, small: a desk's logo. Never an address, so that showing it asks nobody. */
export const LogoSchema = z
  .string()
  .max(200_000)
  .regex(/^data:image\/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/);

/** A desk that was found, as the user is asked about it. What stands behind it stays in the main process. */
export const DeskOfferSchema = z.object({
  id: z.string().min(1).max(100),
  kind: BoardKindSchema,
  /** How the desk calls itself. */
  name: z.string().min(1).max(200),
  /** Where it is, for people: a host name, or the address mail goes to. */
  place: z.string().max(300),
  logo: LogoSchema.nullable(),
  signIn: SignInWaySchema,
  /** The organisation chose it (policy). */
  managed: z.boolean(),
  /** What stands in the name field at first. Left out: nothing. */
  login: z.string().max(300).optional(),
});
/** A desk that was found. */
export type DeskOffer = z.infer<typeof DeskOfferSchema>;

/** What looking for a desk gave. */
export const FindAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), offers: z.array(DeskOfferSchema).min(1) }),
  z.object({ kind: z.literal('nothing'), problem: z.enum(REACH_PROBLEMS), place: z.string().max(300) }),
]);
/** What looking for a desk gave. */
export type FindAnswer = z.infer<typeof FindAnswerSchema>;

/** What signing in gave. */
export const SignInAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signedIn') }),
  z.object({ kind: z.literal('refused'), problem: z.enum(SIGN_IN_PROBLEMS) }),
]);
/** What signing in gave. */
export type SignInAnswer = z.infer<typeof SignInAnswerSchema>;

/** What *Check this board* looks at. */
export const CHECK_SUBJECTS = [
  'reach',
  'certificate',
  'clock',
  'signIn',
  'queue',
  'createTicket',
  'seeTicket',
  'reply',
  'field',
  'fieldWrite',
  'files',
  'size',
] as const;

/** One line of *Check this board*: what was looked at, how it is, and what goes without it. */
export const BoardCheckSchema = z.object({
  subject: z.enum(CHECK_SUBJECTS),
  /** Of a queue, field or right: its name at the board. */
  name: z.string().max(200),
  /** `limited`: it works, with less. `unknown`: could not be found out without changing something. */
  outcome: z.enum(['good', 'limited', 'missing', 'unknown']),
  /** What does not work without it. */
  effect: z
    .enum([
      'everything',
      'filing',
      'reading',
      'replying',
      'noDuplicates',
      'survey',
      'confirming',
      'intakeFields',
      'files',
      'visit',
      'nothing',
    ])
    .default('nothing'),
  /** What an administrator has to do, in the board's own terms, e.g. the name of a right; may be empty. */
  hint: z.string().max(500).default(''),
});
/** One line of *Check this board*. */
export type BoardCheck = z.infer<typeof BoardCheckSchema>;
