import type { CallName, PushName } from '@shared/channels';
import type {
  AppState,
  Bridge,
  CallFault,
  CallRequest,
  CallResponse,
  Envelope,
  PushPayload,
} from '@shared/contract';
import type { Agreement } from '@shared/domain/agreement';
import { emailReceipt } from '@shared/domain/by-email';
import type { DeviceReport } from '@shared/domain/device';
import { DraftSchema, type Draft, type TicketDraft } from '@shared/domain/draft';
import { FallbackSchema, type FallbackView } from '@shared/domain/fallback';
import { emptyIntake, emptyJoinOrLeave } from '@shared/domain/intake';
import { checkIntake } from '@shared/domain/intake-rules';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import type { Route } from '@shared/domain/route';
import type { Settings } from '@shared/domain/settings';
import { defaultSettings } from '@shared/domain/settings';
import type { Ticket } from '@shared/domain/ticket';

/** What the fake main process knows at first. */
export interface FakeStart {
  readonly state?: Partial<AppState>;
  readonly tickets?: readonly Ticket[];
  readonly drafts?: readonly Draft[];
  readonly items?: readonly OutboxItem[];
  readonly dismissedSurveys?: readonly string[];
  /** What looking at the computer finds. */
  readonly device?: DeviceReport;
  readonly fallback?: FallbackView;
  /** Where main wants the window to be at first. */
  readonly route?: Route;
}

/** A main process in memory: keeps drafts, accepts writes and remembers every call. */
export interface FakeMain {
  readonly bridge: Bridge;
  /** Every call in order, for assertions. */
  readonly log: { readonly name: CallName; readonly request: unknown }[];
  /** How often a call was made. */
  count(name: CallName): number;
  drafts(): readonly Draft[];
  items(): readonly OutboxItem[];
  /** From now on the call answers with this fault; `null`: works again. */
  fail(name: CallName, fault: CallFault | null): void;
  /** From now on the call answers with this. */
  answer<Name extends CallName>(name: Name, value: CallResponse<Name>): void;
  /** From now on the call waits for the returned function. */
  hold(name: CallName): () => void;
  push<Name extends PushName>(name: Name, payload: PushPayload<Name>): void;
}

/** Business hours around the clock on weekdays, so that a test decides by its own clock. */
export const anAgreement = (more: Partial<Agreement> = {}): Agreement => ({
  provider: 'Northside IT',
  customer: 'Lindner & Co',
  hours: {
    timeZone: 'America/Detroit',
    week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
    holidays: [],
  },
  afterHours: 'included',
  kind: 'traditional',
  emergencyConfirmMinutes: 30,
  callSheet: [
    { purpose: 'serviceDesk', name: 'Service desk', phone: '616 555 0140', email: 'desk@northside.example' },
    { purpose: 'emergency', name: 'On-call engineer', phone: '616 555 0199', email: '' },
    { purpose: 'billing', name: 'Dana Cole', phone: '616 555 0150', email: 'billing@northside.example' },
  ],
  covered: [],
  notCovered: [],
  standing: 'good',
  term: null,
  ...more,
});

/** A connected window, online. */
export const anAppState = (more: Partial<AppState> = {}): AppState => ({
  phase: 'ready',
  version: '0.1.0',
  platform: 'linux',
  locale: 'en',
  timeZone: 'America/Detroit',
  connection: {
    kind: 'connected',
    board: 'boardApi',
    place: 'desk.example.com',
    signIn: { kind: 'nothing' },
    login: '',
    deskName: 'Northside IT',
    person: { name: 'Priya Raman', email: 'priya@lindner.example', phone: '616 555 0172' },
    reach: 'online',
    lastContactAt: '2026-03-02T14:40:00.000Z',
  },
  agreement: anAgreement(),
  announcements: [],
  secrets: 'kept',
  quarantined: 0,
  ...more,
});

/** A ticket that an engineer works on. */
export const aTicket = (more: Partial<Ticket> = {}): Ticket => ({
  id: 't-4127',
  number: '4127',
  ref: null,
  summary: 'Outlook asks for my password every few minutes',
  step: 'working',
  statusLabel: 'In progress',
  closed: false,
  withdrawn: false,
  emergency: false,
  visit: 'remote',
  assignee: { name: 'Jonas Weber', role: 'engineer' },
  createdAt: '2026-03-02T14:42:00.000Z',
  updatedAt: '2026-03-02T15:34:00.000Z',
  question: null,
  survey: 'none',
  steps: [
    { step: 'created', at: '2026-03-02T14:42:00.000Z', by: null },
    { step: 'received', at: '2026-03-02T14:42:30.000Z', by: null },
    { step: 'reviewed', at: '2026-03-02T14:55:00.000Z', by: 'Mara Lind' },
    { step: 'assigned', at: '2026-03-02T15:10:00.000Z', by: 'Jonas Weber' },
    { step: 'working', at: '2026-03-02T15:31:00.000Z', by: 'Jonas Weber' },
  ],
  messages: [
    {
      id: 'm1',
      ref: null,
      at: '2026-03-02T14:42:00.000Z',
      author: { kind: 'requester', name: 'Priya Raman' },
      text: 'Since this morning Outlook asks for my password again and again. Mail on my phone works. I restarted the computer at 9:30.',
      attachments: [],
    },
  ],
  details: [],
  ...more,
});

/** Makes a fake main process. Ids are UUIDs counted from 1. */
export function createFakeMain(start: FakeStart = {}): FakeMain {
  const drafts = new Map((start.drafts ?? []).map((draft) => [draft.id, draft]));
  const items = new Map((start.items ?? []).map((item) => [item.ref, item]));
  const tickets = new Map((start.tickets ?? []).map((ticket) => [ticket.id, ticket]));
  const dismissed = new Set(start.dismissedSurveys ?? []);
  const later: Record<string, string> = {};
  const state = anAppState(start.state);
  let settings: Settings = defaultSettings();
  let fallback: FallbackView = start.fallback ?? {
    isPossible: true,
    isManaged: false,
    fallback: null,
    hasPassword: false,
  };
  const faults = new Map<CallName, CallFault>();
  const answers = new Map<CallName, unknown>();
  const held = new Map<CallName, Promise<void>>();
  const listeners = new Map<PushName, Set<(payload: never) => void>>();
  const log: FakeMain['log'] = [];
  let counter = 0;

  const nextId = () => `0195a000-0000-7000-8000-${String((counter += 1)).padStart(12, '0')}`;
  const now = () => new Date().toISOString();
  const person = () =>
    state.connection.kind === 'connected' ? state.connection.person : { name: '', email: '', phone: '' };

  const push = <Name extends PushName>(name: Name, payload: PushPayload<Name>) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  };
  const pushDrafts = () => push('drafts.changed', { drafts: [...drafts.values()] });
  const keep = <D extends Draft>(draft: D): D => {
    drafts.set(draft.id, draft);
    pushDrafts();
    return draft;
  };

  const createDraft = (place: CallRequest<'drafts.create'>): Draft => {
    const isFresh = place.kind === 'ticket' && place.fresh === true;
    const same = isFresh ? undefined : [...drafts.values()].find((draft) => isDraftOf(draft, place));
    if (same) return same;
    const common = { id: nextId(), createdAt: now(), updatedAt: now() };
    switch (place.kind) {
      case 'ticket':
        return keep({
          ...common,
          kind: 'ticket',
          intake: {
            ...emptyIntake(person()),
            ...(place.about === 'person' ? { kind: 'joining', person: emptyJoinOrLeave() } : {}),
          },
          files: [],
        });
      case 'message':
        return keep({
          ...common,
          kind: 'message',
          ticketKey: place.ticketKey,
          text: '',
          files: [],
          ...(place.followUp ? { followUp: true } : {}),
        });
      case 'survey':
        return keep({ ...common, kind: 'survey', ticketId: place.ticketId, answers: {}, comment: '' });
    }
  };

  const accept = (ref: string, lane: string, write: Write): OutboxItem => {
    const known = items.get(ref);
    if (known) return known;
    const item: OutboxItem = {
      ref,
      lane,
      sequence: items.size + 1,
      acceptedAt: now(),
      write,
      state: { kind: 'queued', attempts: 0, notBefore: null, lastFault: null },
    };
    items.set(ref, item);
    push('outbox.changed', { upserted: [item], removed: [], progress: [] });
    return item;
  };

  const send = (draft: Draft): Envelope<OutboxItem> => {
    switch (draft.kind) {
      case 'ticket': {
        const checked = checkIntake(draft.intake);
        if (!checked.ok) return { ok: false, fault: { kind: 'invalid', problems: [...checked.fault] } };
        return {
          ok: true,
          value: accept(draft.id, draft.id, { kind: 'create', ...checked.value, files: draft.files }),
        };
      }
      case 'message': {
        const lane = laneOf(draft.ticketKey);
        return {
          ok: true,
          value: accept(draft.id, lane, {
            kind: 'message',
            target: targetOf(draft.ticketKey),
            text: draft.text,
            files: draft.files,
            ...(draft.followUp ? { followUp: true } : {}),
          }),
        };
      }
      case 'survey': {
        const target = { kind: 'board' as const, id: draft.ticketId };
        const answers = draft.answers as Extract<Write, { kind: 'rate' }>['answers'];
        return {
          ok: true,
          value: accept(draft.id, `id:${draft.ticketId}`, {
            kind: 'rate',
            target,
            answers,
            comment: draft.comment,
          }),
        };
      }
    }
  };

  const notFound: Envelope<never> = { ok: false, fault: { kind: 'notFound' } };
  const changeItem = (ref: string, change: (item: OutboxItem) => OutboxItem): Envelope<unknown> => {
    const item = items.get(ref);
    if (!item) return notFound;
    const changed = change(item);
    items.set(ref, changed);
    push('outbox.changed', { upserted: [changed], removed: [], progress: [] });
    return done(undefined);
  };
  const done = <Value>(value: Value): Envelope<Value> => ({ ok: true, value });

  const handlers: { [Name in CallName]: (request: CallRequest<Name>) => Envelope<unknown> } = {
    'app.state': () => done(state),
    'app.setTheme': () => done(undefined),
    'app.openExternal': () => done(undefined),
    'app.windowReady': () => done({ route: start.route ?? { screen: 'tickets' } }),
    'connection.connectPractice': () => done(undefined),
    'connection.signOut': () => done(undefined),
    'connection.find': ({ address }) => done({ kind: 'nothing', problem: 'notADesk', place: address }),
    'connection.byMail': ({ host }) => done({ kind: 'nothing', problem: 'unreachable', place: host }),
    'connection.signIn': () => done({ kind: 'refused', problem: 'expired' }),
    'connection.signInAgain': () => done({ kind: 'refused', problem: 'expired' }),
    'connection.cancelSignIn': () => done(undefined),
    'connection.check': () => done([]),
    'tickets.list': () =>
      done({ tickets: [...tickets.values()], dismissedSurveys: [...dismissed], syncedAt: now() }),
    'tickets.get': ({ id }) => (tickets.has(id) ? done(tickets.get(id)) : notFound),
    'tickets.refresh': () => done(undefined),
    'drafts.list': () => done([...drafts.values()]),
    'drafts.create': (place) => done(createDraft(place)),
    'drafts.save': ({ draft }) => {
      const files = filesOf(drafts.get(draft.id));
      const whole = DraftSchema.parse(draft);
      keep('files' in whole ? { ...whole, files } : whole);
      return done({ savedAt: now() });
    },
    'drafts.discard': ({ id }) => {
      drafts.delete(id);
      pushDrafts();
      return done(undefined);
    },
    'drafts.addFile': ({ draftId, name, type, bytes }) => {
      const draft = drafts.get(draftId) as TicketDraft | undefined;
      if (!draft) return notFound;
      const file = { sha256: String(bytes.byteLength).padStart(64, 'a'), name, type, size: bytes.byteLength };
      return done(keep({ ...draft, files: [...draft.files, file] }));
    },
    'drafts.removeFile': ({ draftId, sha256, name }) => {
      const draft = drafts.get(draftId) as TicketDraft | undefined;
      if (!draft) return notFound;
      return done(
        keep({ ...draft, files: draft.files.filter((file) => file.sha256 !== sha256 || file.name !== name) }),
      );
    },
    'drafts.send': ({ id }) => {
      const known = items.get(id);
      if (known) return done(known);
      const draft = drafts.get(id);
      if (!draft) return notFound;
      const answer = send(draft);
      if (answer.ok) {
        drafts.delete(id);
        pushDrafts();
      }
      return answer;
    },
    'drafts.sendParts': ({ id }) => {
      const draft = drafts.get(id);
      if (draft?.kind !== 'ticket' || draft.split === undefined) return notFound;
      const { split, ...whole } = draft;
      const sent = split.map((part) => {
        const { id: ref, files: _files, ...answers } = part;
        return send({ ...whole, id: ref, intake: { ...draft.intake, ...answers } });
      });
      drafts.delete(id);
      pushDrafts();
      return done(sent.flatMap((one) => (one.ok ? [one.value] : [])));
    },
    'outbox.list': () => done([...items.values()]),
    'outbox.join': ({ id, announcementId }) =>
      done(accept(id, `news:${announcementId}`, { kind: 'join', announcementId, title: announcementId })),
    'outbox.submitState': ({ id, key, change, text }) =>
      done(accept(id, laneOf(key), { kind: 'state', target: targetOf(key), change, text })),
    'outbox.sendNow': () => done(undefined),
    'outbox.edit': ({ ref }) => {
      const item = items.get(ref);
      if (!item) return notFound;
      items.delete(ref);
      push('outbox.changed', { upserted: [], removed: [ref], progress: [] });
      const common = { id: ref, createdAt: now(), updatedAt: now() };
      if (item.write.kind === 'create')
        return done(keep({ ...common, kind: 'ticket', intake: item.write.intake, files: item.write.files }));
      if (item.write.kind !== 'message') return notFound;
      const ticketKey = item.lane.startsWith('id:') ? item.lane : `ref:${item.lane}`;
      return done(
        keep({ ...common, kind: 'message', ticketKey, text: item.write.text, files: item.write.files }),
      );
    },
    'outbox.copyText': () => done(undefined),
    'outbox.sendByEmail': ({ ref }) => changeItem(ref, (item) => ({ ...item, via: 'email' })),
    'outbox.sendAgain': ({ ref }) =>
      changeItem(ref, (item) => ({
        ...item,
        state: { kind: 'queued', attempts: 0, notBefore: null, lastFault: null },
      })),
    'outbox.markArrived': ({ ref }) =>
      changeItem(ref, (item) => ({
        ...item,
        state: { kind: 'delivered', at: now(), receipt: emailReceipt(item.lane) },
      })),
    'outbox.removeSent': ({ ref }) => {
      items.delete(ref);
      push('outbox.changed', { upserted: [], removed: [ref], progress: [] });
      return done(undefined);
    },
    'outbox.discard': ({ ref }) => {
      items.delete(ref);
      push('outbox.changed', { upserted: [], removed: [ref], progress: [] });
      return done(undefined);
    },
    'attachments.open': () => done(undefined),
    'attachments.save': () => done({ saved: true }),
    'device.collect': () => done(start.device ?? { readings: [] }),
    'restart.begin': () => done(undefined),
    'restart.answer': () => done(undefined),
    'survey.later': ({ ticketId }) => {
      later[ticketId] = new Date(Date.now() + 24 * 60 * 60_000).toISOString();
      const dismissedSurveys = [...dismissed];
      push('tickets.changed', {
        upserted: [],
        removed: [],
        dismissedSurveys,
        laterSurveys: { ...later },
        syncedAt: now(),
      });
      return done(undefined);
    },
    'emergency.end': () => done(undefined),
    'practice.change': () => done(undefined),
    'survey.askForCall': ({ id, text }) =>
      done(
        accept(id, id, {
          kind: 'create',
          summary: text.slice(0, 100),
          intake: { ...emptyIntake(), problem: text },
          files: [],
        }),
      ),
    'survey.dismiss': ({ ticketId }) => {
      dismissed.add(ticketId);
      push('tickets.changed', {
        upserted: [],
        removed: [],
        dismissedSurveys: [...dismissed],
        syncedAt: now(),
      });
      return done(undefined);
    },
    'screenshot.capture': () => done({ kind: 'cancelled' }),
    'screenshot.collect': () => done({ kind: 'cancelled' }),
    'fallback.get': () => done(fallback),
    'fallback.set': ({ fallback: wanted, password }) => {
      fallback = {
        ...fallback,
        fallback: wanted === null ? null : FallbackSchema.parse(wanted),
        hasPassword: wanted !== null && (password !== null || fallback.hasPassword),
      };
      return done({ kind: 'kept' });
    },
    'settings.get': () => done(settings),
    'settings.set': (request) => done((settings = request.settings)),
  };

  const bridge: Bridge = {
    async call<Name extends CallName>(
      name: Name,
      request: CallRequest<Name>,
    ): Promise<Envelope<CallResponse<Name>>> {
      log.push({ name, request: structuredClone(request) });
      await held.get(name);
      const fault = faults.get(name);
      if (fault) return { ok: false, fault };
      if (answers.has(name)) return { ok: true, value: answers.get(name) as CallResponse<Name> };
      return handlers[name](request) as Envelope<CallResponse<Name>>;
    },
    on(name, listener) {
      const all = listeners.get(name) ?? new Set();
      all.add(listener);
      listeners.set(name, all);
      return () => all.delete(listener);
    },
  };

  return {
    bridge,
    log,
    count: (name) => log.filter((entry) => entry.name === name).length,
    drafts: () => [...drafts.values()],
    items: () => [...items.values()],
    answer: (name, value) => void answers.set(name, value),
    fail: (name, fault) => void (fault === null ? faults.delete(name) : faults.set(name, fault)),
    hold(name) {
      let release = () => {};
      held.set(name, new Promise<void>((resolve) => (release = resolve)));
      return () => {
        held.delete(name);
        release();
      };
    },
    push,
  };
}

function isDraftOf(draft: Draft, place: CallRequest<'drafts.create'>): boolean {
  switch (place.kind) {
    case 'ticket':
      return draft.kind === 'ticket' && (draft.intake.kind === 'problem') === (place.about !== 'person');
    case 'message':
      return (
        draft.kind === 'message' && draft.ticketKey === place.ticketKey && draft.followUp === place.followUp
      );
    case 'survey':
      return draft.kind === 'survey' && draft.ticketId === place.ticketId;
  }
}

const filesOf = (draft: Draft | undefined) => (draft !== undefined && 'files' in draft ? draft.files : []);
const laneOf = (key: string) => (key.startsWith('ref:') ? key.slice(4) : key);
const targetOf = (key: string) =>
  key.startsWith('ref:')
    ? ({ kind: 'outbox', ref: key.slice(4) } as const)
    : ({ kind: 'board', id: key.slice(3) } as const);
