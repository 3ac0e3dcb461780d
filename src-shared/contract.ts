import * as z from 'zod';
import type { CallName, PushName } from './channels';
import { AgreementSchema, AnnouncementSchema, PRACTICE_HOURS, StandingSchema } from './domain/agreement';
import { MAX_FILE_BYTES } from './domain/attachment';
import {
  BoardCheckSchema,
  BoardKindSchema,
  CapabilitiesSchema,
  FindAnswerSchema,
  MailRouteSchema,
  SignInAnswerSchema,
  SignInProofSchema,
  SignInWaySchema,
} from './domain/board';
import { DeviceReportSchema } from './domain/device';
import { DraftSchema } from './domain/draft';
import { EmergencyWatchSchema } from './domain/emergency-watch';
import {
  FallbackAnswerSchema,
  FallbackSchema,
  FallbackStateSchema,
  FallbackViewSchema,
} from './domain/fallback';
import { OutboxItemSchema } from './domain/outbox';
import { PolicyViewSchema } from './domain/policy-view';
import { InstantSchema, MAX_TEXT_LENGTH, RefSchema, TicketIdSchema } from './domain/primitives';
import { RestartAnswerSchema, RestartTargetSchema, RestartViewSchema } from './domain/restart';
import { RouteSchema, TicketKeySchema } from './domain/route';
import { ScreenshotSchema } from './domain/screenshot';
import { SettingsSchema } from './domain/settings';
import { StateChangeSchema, TicketSchema, TicketSummarySchema } from './domain/ticket';

/** Why a call had no effect; the renderer turns it into words. */
export const CallFaultSchema = z.discriminatedUnion('kind', [
  /** The request did not fit the contract, or came from a frame that may not ask. */
  z.object({ kind: z.literal('refused') }),
  /** What was asked for does not exist (any more). */
  z.object({ kind: z.literal('notFound') }),
  /** The item has left or is leaving: it can no longer be changed. */
  z.object({ kind: z.literal('tooLate') }),
  /** Nothing could be stored. The text is still on screen. */
  z.object({ kind: z.literal('notStored'), cause: z.enum(['diskFull', 'noPermission', 'other']) }),
  /** The content cannot go as it is. `field` is a key of the draft's intake, or `text`, `answers`. */
  z.object({
    kind: z.literal('invalid'),
    problems: z.array(z.object({ field: z.string(), problem: z.enum(['empty', 'tooLong', 'notValid']) })),
  }),
  z.object({
    kind: z.literal('file'),
    problem: z.enum(['empty', 'tooLarge', 'program', 'folder', 'unreadable', 'tooMany', 'diskFull']),
    name: z.string(),
  }),
  /** The service board could not be reached for something that cannot wait in the outbox (e.g. opening an attachment). */
  z.object({ kind: z.literal('desk'), fault: z.enum(['offline', 'signedOut', 'failed']) }),
  /** Nobody is connected to a service desk. */
  z.object({ kind: z.literal('notConnected') }),
  /** The provider takes no requests from this company until billing is settled; the draft is kept. */
  z.object({ kind: z.literal('serviceHold') }),
  /** An error in Deskbell itself; details are in the log under this id. */
  z.object({ kind: z.literal('internal'), id: z.string() }),
]);
/** Why a call had no effect. */
export type CallFault = z.infer<typeof CallFaultSchema>;

/** How Deskbell is connected, as the user would say it. */
export const ConnectionSchema = z.discriminatedUnion('kind', [
  /** No service desk chosen yet: the welcome screen. */
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('connected'),
    /** Which board; decides the `Practice` mark. */
    board: BoardKindSchema,
    deskName: z.string(),
    /** Where it is, for people: a host name, or the address mail goes to; empty for the practice desk. */
    place: z.string(),
    /** How one signs in again. */
    signIn: SignInWaySchema,
    /** The name one signs in with, where the board asks for one. */
    login: z.string(),
    person: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
    /** `checking` until the first answer after a start. */
    reach: z.enum(['checking', 'online', 'offline', 'signedOut']),
    /** When the board last answered; `null`: never. */
    lastContactAt: InstantSchema.nullable(),
  }),
]);
export type Connection = z.infer<typeof ConnectionSchema>;

/** What the window shows around every screen. */
export const AppStateSchema = z.object({
  /** `starting` until the stored tickets, drafts and outbox are loaded. */
  phase: z.enum(['starting', 'ready']),
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  locale: z.string(),
  /** The IANA zone of this machine. */
  timeZone: z.string(),
  connection: ConnectionSchema,
  agreement: AgreementSchema.nullable(),
  announcements: z.array(AnnouncementSchema),
  /** What the board can do; `null` or left out: not known (yet), or nobody is connected. */
  capabilities: CapabilitiesSchema.nullable().optional(),
  /** E-mail as the way around the board; `null` or left out: not set up, or never to be offered. */
  fallback: FallbackStateSchema.nullable().optional(),
  /** Whether secrets can be kept across a restart on this machine. `unknown` until asked. */
  secrets: z.enum(['kept', 'memoryOnly', 'unknown']),
  /** Problems found while loading stored files: what was moved aside, never silently. */
  quarantined: z.number().int().nonnegative(),
  /** Whether the global shortcut works: `taken` when another program has it. Left out until it was tried. */
  shortcut: z.enum(['off', 'active', 'taken']).optional(),
  /** The same of the shortcut for a screenshot. */
  screenshotShortcut: z.enum(['off', 'active', 'taken']).optional(),
  /** Since when this computer is on, and a restart under way. Left out until it is known. */
  restart: RestartViewSchema.optional(),
  /** The clocks of the emergencies filed here, latest first. Left out: none. */
  emergencies: z.array(EmergencyWatchSchema).optional(),
  /** While nobody is connected: what of the last account was neither sent nor finished, and is still on this computer. */
  kept: z
    .object({ items: z.number().int().nonnegative(), drafts: z.number().int().nonnegative() })
    .nullable()
    .optional(),
  /**
   * From which kind of board the agreement is: while nobody is connected it is the last one that was known. `policy`: from the
   * managed settings.
   */
  agreementFrom: BoardKindSchema.or(z.literal('policy')).optional(),
  /** What the organisation manages. Left out: nothing. */
  policy: PolicyViewSchema.optional(),
  /** How far main's clock is ahead of the machine's, in milliseconds. Only there while a test moves it. */
  clockOffset: z.number().optional(),
});
export type AppState = z.infer<typeof AppStateSchema>;

/** A row of the ticket list: a ticket of the board; pending ones come from the outbox mirror. */
export const TicketListSchema = z.object({
  tickets: z.array(TicketSummarySchema),
  /** Surveys the user chose not to answer, by ticket id. */
  dismissedSurveys: z.array(TicketIdSchema),
  /** Surveys the user put off, with when they are asked for again. */
  laterSurveys: z.record(TicketIdSchema, InstantSchema).optional(),
  /** When the list was last confirmed by the board; `null`: never. */
  syncedAt: InstantSchema.nullable(),
});

/** What a tester can change on the embedded practice desk. */
export const PracticeChangeSchema = z.object({
  standing: StandingSchema.optional(),
  afterHours: AgreementSchema.shape.afterHours.optional(),
  kind: AgreementSchema.shape.kind.optional(),
  /** When it is open: as agreed, open or closed right now, or closed today for a holiday. */
  hours: z.enum(PRACTICE_HOURS).optional(),
  /** Starts an outage, or ends those that go on. */
  outage: z.boolean().optional(),
});
export type PracticeChange = z.infer<typeof PracticeChangeSchema>;

const nothing = z.undefined();
const byRef = z.object({ ref: RefSchema });
const call = <Request extends z.ZodType, Response extends z.ZodType>(
  request: Request,
  response: Response,
) => ({ request, response });

/** Every call of the window to main: request and response. Nothing is registered without an entry here. */
export const calls = {
  'app.state': call(nothing, AppStateSchema),
  'app.setTheme': call(z.object({ theme: SettingsSchema.shape.theme.unwrap() }), nothing),
  /** Opens `https:`, `mailto:` or `tel:` outside; anything else is refused. */
  'app.openExternal': call(z.object({ url: z.string().max(2000) }), nothing),
  /** The first screen stands and can be used (ends the start-up measurement) and asks where to be. */
  'app.windowReady': call(nothing, z.object({ route: RouteSchema })),
  'connection.connectPractice': call(nothing, nothing),
  'connection.signOut': call(nothing, nothing),
  /**
   * Looks for a service desk at an address, a domain or an e-mail address; with an empty one, at the desk that the organisation
   * has chosen. What was found stays in main, under the offers' ids.
   */
  'connection.find': call(z.object({ address: z.string().max(500) }), FindAnswerSchema),
  /** Takes a mail server and the desk's mailbox, as the user named them, for a desk. */
  'connection.byMail': call(MailRouteSchema, FindAnswerSchema),
  /** Signs in to a desk that was found and works with it from then on. Resolves when the user is done, in the browser too. */
  'connection.signIn': call(
    z.object({ offer: z.string().max(100), proof: SignInProofSchema }),
    SignInAnswerSchema,
  ),
  /** The same for the account that is connected, when its session has ended. Another person is refused. */
  'connection.signInAgain': call(z.object({ proof: SignInProofSchema }), SignInAnswerSchema),
  /** Gives up a sign-in under way, which then answers `cancelled`. */
  'connection.cancelSignIn': call(nothing, nothing),
  /** *Check this board*: tries every right and field with the signed-in user, changing nothing. */
  'connection.check': call(nothing, z.array(BoardCheckSchema)),
  'tickets.list': call(nothing, TicketListSchema),
  /** The whole ticket from the cache; refreshed from the board behind it and pushed as `ticket.changed`. */
  'tickets.get': call(z.object({ id: TicketIdSchema }), TicketSchema),
  /** Asks the board now; resolves when it answered or could not be reached. */
  'tickets.refresh': call(nothing, nothing),
  'drafts.list': call(nothing, z.array(DraftSchema)),
  /** Opens the draft of the given place: an existing unsent one where there is one, else a new one. */
  'drafts.create': call(
    z.discriminatedUnion('kind', [
      /**
       * `person`: somebody who joins or leaves has a draft apart from a problem's. `fresh`: an empty one beside those begun;
       * otherwise the one begun last.
       */
      z.object({
        kind: z.literal('ticket'),
        about: z.enum(['problem', 'person']).optional(),
        fresh: z.boolean().optional(),
      }),
      /** A message to follow up has a draft apart from a reply's. */
      z.object({
        kind: z.literal('message'),
        ticketKey: TicketKeySchema,
        followUp: z.literal(true).optional(),
      }),
      z.object({ kind: z.literal('survey'), ticketId: TicketIdSchema }),
    ]),
    DraftSchema,
  ),
  /** Resolves when the draft is on disk. Files are not changed by it. */
  'drafts.save': call(z.object({ draft: DraftSchema }), z.object({ savedAt: InstantSchema })),
  'drafts.discard': call(z.object({ id: RefSchema }), nothing),
  /** Bytes, not a path: the window can name no file of this machine. */
  'drafts.addFile': call(
    z.object({
      draftId: RefSchema,
      name: z.string().min(1).max(1000),
      type: z.string().max(200),
      bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_FILE_BYTES),
    }),
    DraftSchema,
  ),
  'drafts.removeFile': call(
    z.object({ draftId: RefSchema, sha256: z.string(), name: z.string() }),
    DraftSchema,
  ),
  /** Resolves when the write is accepted, which means durable. A second call with the same draft returns the same item. */
  'drafts.send': call(z.object({ id: RefSchema }), OutboxItemSchema),
  /** Sends a draft that is split, one ticket for each part. Resolves when all are accepted; again: the same items. */
  'drafts.sendParts': call(z.object({ id: RefSchema }), z.array(OutboxItemSchema)),
  'outbox.list': call(nothing, z.array(OutboxItemSchema)),
  'outbox.submitState': call(
    z.object({
      id: RefSchema,
      key: TicketKeySchema,
      change: StateChangeSchema,
      text: z.string().max(MAX_TEXT_LENGTH),
    }),
    OutboxItemSchema,
  ),
  /** "I have this too". Once for each outage: pressed again it gives the first item. `refused`: the board keeps no such list. */
  'outbox.join': call(
    z.object({ id: RefSchema, announcementId: z.string().min(1).max(200) }),
    OutboxItemSchema,
  ),
  'outbox.sendNow': call(byRef, nothing),
  /**
   * Sends a ticket that waits, with all that is written for it, by e-mail instead of to the board: for good. `refused`: no
   * e-mail is set up; `tooLate`: it is leaving, or may have arrived at the board.
   */
  'outbox.sendByEmail': call(byRef, nothing),
  /** Sends once more what may have arrived by e-mail already; the user has been told so. `tooLate`: it is no such item. */
  'outbox.sendAgain': call(byRef, nothing),
  /** The user knows that such an item has arrived. */
  'outbox.markArrived': call(byRef, nothing),
  /** Takes a ticket that was sent by e-mail off the list. `tooLate`: something of it has not left. */
  'outbox.removeSent': call(byRef, nothing),
  /** Takes an unsent item back into a draft, files included. */
  'outbox.edit': call(byRef, DraftSchema),
  /** Puts the item's text on the clipboard. */
  'outbox.copyText': call(byRef, nothing),
  'outbox.discard': call(byRef, nothing),
  /** Downloads to a private place and opens with the system's viewer; programs are only ever saved. */
  'attachments.open': call(
    z.object({ ticketId: TicketIdSchema, attachmentId: z.string().max(200) }),
    nothing,
  ),
  'attachments.save': call(
    z.object({ ticketId: TicketIdSchema, attachmentId: z.string().max(200) }),
    z.object({ saved: z.boolean() }),
  ),
  /**
   * Hides Deskbell, counts down, and lets the user choose in a window that this page cannot reach; resolves with the
   * choice. `refused` unless the window is in use. See src-main/device/screenshot/README.md.
   */
  'screenshot.capture': call(nothing, ScreenshotSchema),
  /** The picture that waits since it was taken from the tray or with the shortcut; main forgets it. */
  'screenshot.collect': call(nothing, ScreenshotSchema),
  /** Looks at this computer, in 2 seconds at most. Nothing of it is kept, logged or sent. */
  'device.collect': call(nothing, DeviceReportSchema),
  /** Keeps the draft and remembers to ask whether the restart helped; resolves when both are on disk. Restarts nothing. */
  'restart.begin': call(z.object({ draftId: RefSchema, what: RestartTargetSchema }), nothing),
  /** `fixed` closes the draft as solved; `notFixed` writes the restart into it. */
  'restart.answer': call(z.object({ answer: RestartAnswerSchema }), nothing),
  'survey.dismiss': call(z.object({ ticketId: TicketIdSchema }), nothing),
  /** Puts a survey off until tomorrow. */
  'survey.later': call(z.object({ ticketId: TicketIdSchema }), nothing),
  /** Asks for a call about a ticket that was rated low: files a short request of its own, because the ticket is closed. `text`: what to tell the desk. */
  'survey.askForCall': call(
    z.object({
      id: RefSchema,
      ticketId: TicketIdSchema,
      phone: z.string().min(1).max(100),
      text: z.string().min(1).max(2000),
    }),
    OutboxItemSchema,
  ),
  /** Ends the clock of an emergency: somebody was reached, or no more reminders are wanted. */
  'emergency.end': call(z.object({ ref: RefSchema, because: z.enum(['reached', 'stopped']) }), nothing),
  /** Changes what the embedded practice desk agreed on, so that its cases can be tried; `notFound` on any other board. */
  'practice.change': call(PracticeChangeSchema, nothing),
  'fallback.get': call(nothing, FallbackViewSchema),
  /**
   * Sets up e-mail as the way around the board, if the mail server lets the user in with it. `password`: `null` keeps the one
   * there is. `fallback`: `null` forgets it all.
   */
  'fallback.set': call(
    z.object({ fallback: FallbackSchema.nullable(), password: z.string().min(1).max(1000).nullable() }),
    FallbackAnswerSchema,
  ),
  'settings.get': call(nothing, SettingsSchema),
  'settings.set': call(z.object({ settings: SettingsSchema }), SettingsSchema),
} as const satisfies Record<CallName, { request: z.ZodType; response: z.ZodType }>;

/** Everything main pushes to the window. */
export const pushes = {
  'app.stateChanged': AppStateSchema,
  'app.navigate': z.object({ route: RouteSchema }),
  'tickets.changed': z.object({
    upserted: z.array(TicketSummarySchema),
    removed: z.array(TicketIdSchema),
    dismissedSurveys: z.array(TicketIdSchema),
    laterSurveys: z.record(TicketIdSchema, InstantSchema).optional(),
    syncedAt: InstantSchema.nullable(),
  }),
  'ticket.changed': TicketSchema,
  'outbox.changed': z.object({
    upserted: z.array(OutboxItemSchema),
    removed: z.array(RefSchema),
    progress: z.array(z.object({ ref: RefSchema, sent: z.number(), total: z.number() })),
  }),
  'drafts.changed': z.object({ drafts: z.array(DraftSchema) }),
  'settings.changed': SettingsSchema,
} as const satisfies Record<PushName, z.ZodType>;

/** What a call takes. */
export type CallRequest<Name extends CallName> = z.input<(typeof calls)[Name]['request']>;
/** What a call gives. */
export type CallResponse<Name extends CallName> = z.output<(typeof calls)[Name]['response']>;
/** What a push carries. */
export type PushPayload<Name extends PushName> = z.output<(typeof pushes)[Name]>;

/** The envelope in which every call answers: Electron would strip a thrown error of its meaning. */
export type Envelope<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: CallFault };

/** What the preload puts on `window.deskbell`. */
export interface Bridge {
  call<Name extends CallName>(name: Name, request: CallRequest<Name>): Promise<Envelope<CallResponse<Name>>>;
  /** Returns the function that stops listening. */
  on<Name extends PushName>(name: Name, listener: (payload: PushPayload<Name>) => void): () => void;
}
