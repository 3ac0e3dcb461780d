import type { CallFault } from '@shared/contract';
import { MAX_FILES, type SpooledFile } from '@shared/domain/attachment';
import { type Draft, DraftSchema } from '@shared/domain/draft';
import { checkFile, HEAD_BYTES, safeFileName } from '@shared/domain/file-rules';
import type { Contact } from '@shared/domain/intake';
import type { OutboxItem } from '@shared/domain/outbox';
import { filesOf, mayHaveArrived } from '@shared/domain/outbox-rules';
import { type Instant, type Ref, RefSchema } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { targetOf } from '@shared/domain/ticket-key';
import * as z from 'zod';
import type { Outbox } from '../outbox/outbox.types';
import { type OpenDocuments, type Spool, StorageError } from '../platform/documents.types';
import { createSerial } from '../platform/serial';
import type { Clock, Ids, Log } from '../platform/types';
import type { Tickets } from '../tickets/tickets.types';
import { type Coalescer, createCoalescer } from './coalesce';
import type { Drafts, FileForDraft } from './drafts.types';
import { fromItem as draftOfItem } from './from-item';
import { draftFiles, isBegun, isFor, merge, newDraft, withFiles } from './shape';
import { partDrafts } from './parts';
import { type Addressed, toWrite } from './to-write';

/** What drafts work with. */
export interface DraftsDeps {
  readonly documents: OpenDocuments;
  readonly spool: Pick<Spool, 'put' | 'sweep'>;
  readonly outbox: Pick<Outbox, 'load' | 'items' | 'get' | 'submit' | 'discard'>;
  readonly tickets: Pick<Tickets, 'list'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Whom a new ticket names as contact at first; nobody when left out. */
  readonly contact?: () => Contact;
}

const FOLDER = 'drafts';
/** Between two writes of one draft while the user types: with the write itself well under the 150 ms that may get lost. */
const PAUSE_MS = 100;
const NOT_FOUND: CallFault = { kind: 'notFound' };
const UNKNOWN_TYPE = 'application/octet-stream';

/** `replaces`: the item this draft was made of. While that is still in the outbox, the change was never completed. */
const StoredDraftSchema = z.object({ draft: DraftSchema, replaces: RefSchema.nullable() });

/** A draft as last typed; the disk follows within moments. */
interface Entry {
  draft: Draft;
  readonly replaces: Ref | null;
  readonly disk: Coalescer;
}

/** Makes the drafts of one account. */
export function createDrafts(deps: DraftsDeps): Drafts {
  const { spool, outbox, clock, log } = deps;
  const folder = deps.documents(FOLDER, StoredDraftSchema);
  const entries = new Map<Ref, Entry>();
  const sending = new Map<Ref, Promise<Result<OutboxItem, CallFault>>>();
  const sendingParts = new Map<Ref, Promise<Result<OutboxItem[], CallFault>>>();
  /** The parts of drafts that were sent split since the start. */
  const sentParts = new Map<Ref, readonly Ref[]>();
  const editing = new Map<Ref, Promise<Result<Draft, CallFault>>>();
  const listeners = new Set<(drafts: readonly Draft[]) => void>();
  const serial = createSerial();
  let loading: Promise<{ readonly quarantined: number }> | null = null;

  const now = (): Instant => clock.now().toISOString();
  const list = (): readonly Draft[] =>
    [...entries.values()]
      .map(({ draft }) => draft)
      .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));

  const load = (): Promise<{ readonly quarantined: number }> => {
    loading ??= readBack().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  async function readBack(): Promise<{ readonly quarantined: number }> {
    const sent = await outbox.load();
    const { documents, quarantined } = await folder.loadAll();
    for (const { draft, replaces } of documents.values()) {
      const over = outbox.get(draft.id) ?? (replaces === null ? undefined : outbox.get(replaces));
      if (over) await removeFromDisk(draft.id);
      else addEntry(draft, replaces);
    }
    for (const draft of list()) if (isHalfSent(draft)) await finishParts(draft.id);
    // What was moved aside may name files that somebody still wants to rescue.
    if (quarantined === 0 && sent.quarantined === 0) await sweep();
    if (entries.size > 0) emit();
    return { quarantined };
  }

  async function sweep(): Promise<void> {
    const drafted = list().flatMap((draft) => draftFiles(draft).map(({ sha256 }) => sha256));
    try {
      await spool.sweep(new Set([...drafted, ...outbox.items().flatMap(({ write }) => filesOf(write))]));
    } catch (error) {
      log.error('drafts.sweepFailed', error);
    }
  }

  function emit(): void {
    const drafts = list();
    for (const listener of listeners) {
      try {
        listener(drafts);
      } catch (error) {
        log.error('drafts.listenerFailed', error);
      }
    }
  }

  function addEntry(draft: Draft, replaces: Ref | null): Entry {
    const entry: Entry = { draft, replaces, disk: createCoalescer(() => writeEntry(entry), PAUSE_MS, clock) };
    entries.set(draft.id, entry);
    return entry;
  }

  async function writeEntry(entry: Entry): Promise<void> {
    const { draft, replaces } = entry;
    if (!isOpen(entry)) return;
    await folder.write(draft.id, { draft, replaces });
    if (isOpen(entry)) emit();
  }

  const isOpen = (entry: Entry): boolean => entries.get(entry.draft.id) === entry;

  function notStored(error: unknown): CallFault {
    log.error('drafts.notStored', error);
    return { kind: 'notStored', cause: error instanceof StorageError ? error.reason : 'other' };
  }

  /** What is left behind is forgotten at the next start. */
  async function removeFromDisk(id: Ref): Promise<void> {
    try {
      await folder.remove(id);
    } catch (error) {
      log.error('drafts.removeFailed', error);
    }
  }

  /** Waits for the start, and runs what changes one draft one after the other. */
  async function inTurn<T>(
    id: Ref,
    task: () => Promise<Result<T, CallFault>>,
  ): Promise<Result<T, CallFault>> {
    try {
      await load();
      return await serial.run(id, task);
    } catch (error) {
      return err(notStored(error));
    }
  }

  /** Puts a change of files into the draft and on disk, or takes it back. */
  async function setFiles(entry: Entry, files: SpooledFile[]): Promise<Result<Draft, CallFault>> {
    const before = draftFiles(entry.draft);
    entry.draft = withFiles(entry.draft, files, now());
    try {
      const saved = entry.disk.save();
      await entry.disk.flush();
      await saved;
    } catch (error) {
      entry.draft = withFiles(entry.draft, before, now());
      return err(notStored(error));
    }
    return isOpen(entry) ? ok(entry.draft) : err(NOT_FOUND);
  }

  async function addFile(file: FileForDraft): Promise<Result<Draft, CallFault>> {
    const entry = entries.get(file.draftId);
    if (!entry) return err(NOT_FOUND);
    if (entry.draft.kind === 'survey') return err({ kind: 'refused' });
    const name = safeFileName(file.name);
    const size = file.bytes.byteLength;
    const files = draftFiles(entry.draft);
    const problem = checkFile({ name: file.name, size, head: file.bytes.subarray(0, HEAD_BYTES) });
    if (problem) return err({ kind: 'file', problem, name });
    if (files.length >= MAX_FILES) return err({ kind: 'file', problem: 'tooMany', name });
    try {
      const sha256 = await spool.put(file.bytes);
      if (files.some((one) => one.sha256 === sha256 && one.name === name)) return ok(entry.draft);
      return await setFiles(entry, [...files, { sha256, name, type: file.type || UNKNOWN_TYPE, size }]);
    } catch (error) {
      const fault = notStored(error);
      const full = fault.kind === 'notStored' && fault.cause === 'diskFull';
      return err(full ? { kind: 'file', problem: 'diskFull', name } : fault);
    }
  }

  async function send(id: Ref): Promise<Result<OutboxItem, CallFault>> {
    const entry = entries.get(id);
    const item = outbox.get(id);
    if (!entry) return item ? ok(item) : err(NOT_FOUND);
    const addressed = toWrite(entry.draft, { tickets: deps.tickets.list(), items: outbox.items() });
    if (!addressed.ok) return addressed;
    const accepted = await outbox.submit(id, addressed.value.lane, addressed.value.write);
    if (!accepted.ok) return accepted;
    entries.delete(id);
    await removeFromDisk(id);
    emit();
    return accepted;
  }

  /** Deskbell ended while the parts were being handed over: the first of them tells that the user wanted all to go. */
  const isHalfSent = (draft: Draft): boolean =>
    draft.kind === 'ticket' && (draft.split ?? []).some(({ id }) => outbox.get(id) !== undefined);

  async function finishParts(id: Ref): Promise<void> {
    const sent = await sendParts(id);
    // The draft is still there, with its parts: sending it again gives each its first item.
    if (!sent.ok) log.warn('drafts.partsNotFinished', { fault: sent.fault.kind });
  }

  /**
   * The draft with its parts is on disk before the first part is accepted, and goes after the last: whenever Deskbell
   * ends in between, the next start hands over the rest, each under its own key.
   */
  async function sendParts(id: Ref): Promise<Result<OutboxItem[], CallFault>> {
    const entry = entries.get(id);
    const before = sentParts.get(id)?.flatMap((ref) => outbox.get(ref) ?? []);
    if (!entry) return before ? ok(before) : err(NOT_FOUND);
    const parts = entry.draft.kind === 'ticket' ? partDrafts(entry.draft) : null;
    if (!parts) return err({ kind: 'refused' });
    const addressed: Addressed[] = [];
    for (const part of parts) {
      const write = toWrite(part, { tickets: deps.tickets.list(), items: outbox.items() });
      if (!write.ok) return write;
      addressed.push(write.value);
    }
    const saved = entry.disk.save();
    await entry.disk.flush();
    await saved;
    const items: OutboxItem[] = [];
    for (const [index, part] of parts.entries()) {
      const { lane, write } = addressed[index] as Addressed;
      const accepted = await outbox.submit(part.id, lane, write);
      if (!accepted.ok) return accepted;
      items.push(accepted.value);
    }
    sentParts.set(
      id,
      parts.map((part) => part.id),
    );
    entries.delete(id);
    await removeFromDisk(id);
    emit();
    return ok(items);
  }

  async function edit(ref: Ref): Promise<Result<Draft, CallFault>> {
    const item = outbox.get(ref);
    if (!item) return err(NOT_FOUND);
    if (mayHaveArrived(item.state)) return err({ kind: 'tooLate' });
    const draft = draftOfItem(item, deps.ids.ref(), now(), outbox.items());
    // A message whose ticket was never filed would be a draft that no screen shows.
    const isStray =
      draft?.kind === 'message' && targetOf(draft.ticketKey, deps.tickets.list(), outbox.items()) === null;
    if (!draft || isStray) return err({ kind: 'refused' });
    await folder.write(draft.id, { draft, replaces: ref });
    const discarded = await outbox.discard(ref, { unlessArrived: true });
    if (!discarded.ok) {
      await removeFromDisk(draft.id);
      return discarded;
    }
    addEntry(draft, ref);
    emit();
    return ok(draft);
  }

  return {
    load,
    list,
    get: (id) => entries.get(id)?.draft,

    async create(place) {
      try {
        await load();
      } catch (error) {
        return err(notStored(error));
      }
      const open = list().filter(
        (draft) => isFor(draft, place) && !sending.has(draft.id) && !sendingParts.has(draft.id),
      );
      const byAge = open.sort((a, b) => compare(a.updatedAt, b.updatedAt));
      const begun = byAge.filter(isBegun);
      const empty = byAge.filter((draft) => !isBegun(draft));
      const found = place.kind === 'ticket' && place.fresh ? empty.at(-1) : (begun.at(-1) ?? empty.at(-1));
      return ok(found ?? addEntry(newDraft(place, deps.ids.ref(), now(), deps.contact), null).draft);
    },

    async save(typed) {
      const underWay = sending.get(typed.id) ?? sendingParts.get(typed.id);
      try {
        await load();
        // Whoever types on while it is being sent goes on in the draft if the sending failed.
        if (underWay && (await underWay).ok) return err(NOT_FOUND);
        const entry = entries.get(typed.id);
        if (!entry) return err(NOT_FOUND);
        const merged = merge(entry.draft, typed, now());
        if (!merged) return err({ kind: 'refused' });
        entry.draft = merged;
        await entry.disk.save();
        return isOpen(entry) ? ok({ savedAt: now() }) : err(NOT_FOUND);
      } catch (error) {
        return err(notStored(error));
      }
    },

    discard: (id) =>
      inTurn(id, async () => {
        const entry = entries.get(id);
        entries.delete(id);
        try {
          await folder.remove(id);
        } catch (error) {
          if (entry) entries.set(id, entry);
          throw error;
        }
        if (entry) emit();
        return ok(undefined);
      }),

    addFile: (file) => inTurn(file.draftId, () => addFile(file)),

    removeFile: ({ draftId, sha256, name }) =>
      inTurn(draftId, async () => {
        const entry = entries.get(draftId);
        if (!entry) return err(NOT_FOUND);
        const files = draftFiles(entry.draft);
        const left = files.filter((file) => file.sha256 !== sha256 || file.name !== name);
        return left.length === files.length ? ok(entry.draft) : setFiles(entry, left);
      }),

    send: (id) => once(sending, id, () => inTurn(id, () => send(id))),
    sendParts: (id) => once(sendingParts, id, () => inTurn(id, () => sendParts(id))),
    fromItem: (ref) => once(editing, ref, () => inTurn(ref, () => edit(ref))),

    async flush() {
      await Promise.all([...entries.values()].map(({ disk }) => disk.flush()));
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The same call while one is under way gives the same answer. */
function once<T>(running: Map<Ref, Promise<T>>, key: Ref, start: () => Promise<T>): Promise<T> {
  const found = running.get(key);
  if (found) return found;
  const started = start().finally(() => running.delete(key));
  running.set(key, started);
  return started;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
