import { createStore, type StoreApi } from 'zustand';
import type { CallFault, Envelope } from '@shared/contract';
import { MAX_FILES, type FileProblem, type SpooledFile } from '@shared/domain/attachment';
import type { Draft } from '@shared/domain/draft';
import type { OutboxItem } from '@shared/domain/outbox';
import { err, type Result } from '@shared/domain/result';
import { call } from '../api';
import { nameOfIncoming, readIncoming, type IncomingFile } from './incoming-file';
import { applyAccepted } from './outbox-store';

/** What is typed of a draft, without what main books about it. */
export type ContentOf<D extends Draft> = Omit<D, 'id' | 'createdAt' | 'updatedAt'>;

/** Whether what is on screen is on disk. `untouched`: nothing was typed since it was opened. */
export type Saving =
  | { readonly kind: 'untouched' | 'saving' | 'saved' }
  | { readonly kind: 'failed'; readonly cause: 'diskFull' | 'noPermission' | 'tooLong' | 'other' };

/** A file that could not go along, until the user has read it. */
export interface RefusedFile {
  readonly key: number;
  readonly name: string;
  readonly problem: FileProblem;
}

/** What a screen shows of the draft it edits. */
export interface EditorState<D extends Draft> {
  /**
   * `ended`: sent or discarded here. `gone`: it was sent or discarded before. `failed`: it could not be opened.
   * A draft that is made when something is typed is always `ready`.
   */
  readonly phase: 'opening' | 'ready' | 'ended' | 'gone' | 'failed';
  /** `null` until something was typed where a draft is only made then. */
  readonly id: string | null;
  readonly content: ContentOf<D>;
  readonly saving: Saving;
  /** Names of the files being stored. */
  readonly adding: readonly string[];
  readonly refused: readonly RefusedFile[];
  readonly isSending: boolean;
}

/** Edits one draft: saves as one types, takes files, sends once. Everything typed stays until it was sent or discarded. */
export interface DraftEditor<D extends Draft> {
  readonly store: StoreApi<EditorState<D>>;
  /** Opens the draft; a lazy one only if it is told to, or when something is typed. Safe to call again. */
  readonly open: () => Promise<void>;
  readonly edit: (patch: Partial<ContentOf<D>>) => void;
  /** Stores what was typed now. Resolves with whether everything on screen is on disk. */
  readonly flush: () => Promise<boolean>;
  /** Hands over what was typed at once, also while a save is on its way: the page may be gone before that one answers. */
  readonly hurry: () => void;
  /** Takes files one after the other; what cannot go along is in `refused`. Resolves when all were looked at. */
  readonly addFiles: (files: readonly IncomingFile[]) => Promise<void>;
  readonly removeFile: (file: SpooledFile) => Promise<void>;
  readonly forgetRefused: (key: number) => void;
  /** Sends what is on screen. Calling it again while it sends gives the same answer and sends nothing twice. */
  readonly send: () => Promise<Result<OutboxItem, CallFault>>;
  /** The same for a draft that is split: one ticket for each part. */
  readonly sendParts: () => Promise<Result<readonly OutboxItem[], CallFault>>;
  /** Deletes the draft; the editor is blank (lazy) or `ended` afterwards. */
  readonly discard: () => Promise<Envelope<unknown>>;
}

export interface DraftEditorOptions<D extends Draft> {
  /** What is shown before the draft is open. */
  readonly blank: ContentOf<D>;
  /** Gets or makes the draft. */
  readonly open: () => Promise<Envelope<Draft>>;
  /** Make the draft only when something is typed, and start afresh after sending. */
  readonly isLazy: boolean;
  /** Joins what was stored with what was typed before that was known. */
  readonly merge?: (stored: ContentOf<D>, typed: ContentOf<D>) => ContentOf<D>;
}

/** How long typing must pause before the draft is stored, in milliseconds. */
export const SAVE_DELAY = 150;
/** How long steady typing may put off the storing, in milliseconds. */
const SAVE_AT_LATEST = 1000;
/** How long after a failed save the next one is tried, in milliseconds. */
const SAVE_AGAIN = 5000;

interface Identity {
  readonly id: string;
  readonly createdAt: string;
}

/** Makes the editor of one draft. */
export function createDraftEditor<D extends Draft>(options: DraftEditorOptions<D>): DraftEditor<D> {
  const store = createStore<EditorState<D>>(() => initialState(options));
  const set = (patch: Partial<EditorState<D>>) => store.setState(patch);
  let identity: Identity | null = null;
  let opening: Promise<boolean> | null = null;
  let sending: Promise<Result<OutboxItem, CallFault>> | null = null;
  let sendingParts: Promise<Result<readonly OutboxItem[], CallFault>> | null = null;
  let isTouched = false;
  let refusedCount = 0;

  const save = async (): Promise<Saving> => {
    if (!(await opened()) || identity === null) return { kind: 'failed', cause: 'other' };
    const draft = asDraft({ ...store.getState().content, ...identity, updatedAt: new Date().toISOString() });
    const answer = await call('drafts.save', { draft });
    if (!answer.ok && answer.fault.kind === 'notFound' && options.isLazy) forgetIdentity();
    return answer.ok ? { kind: 'saved' } : { kind: 'failed', cause: causeOf(answer.fault) };
  };
  const saver = createSaver(save, (saving) => set({ saving }));

  const opened = (): Promise<boolean> => {
    opening ??= openDraft();
    return opening;
  };

  const openDraft = async (): Promise<boolean> => {
    const answer = await options.open();
    if (!answer.ok) {
      opening = null;
      if (!options.isLazy) set({ phase: answer.fault.kind === 'notFound' ? 'gone' : 'failed' });
      return false;
    }
    const { id, createdAt, updatedAt: _, ...stored } = answer.value;
    identity = { id, createdAt };
    set({ phase: 'ready', id, content: joined(asContent<D>(stored)) });
    return true;
  };

  /** Files always come from main; the words on screen win over the stored ones. */
  const joined = (stored: ContentOf<D>): ContentOf<D> => {
    if (!isTouched) return stored;
    const typed = { ...store.getState().content, ...filesOf(stored) };
    return options.merge?.(stored, typed) ?? typed;
  };

  /** The draft was sent or discarded in another place: the next save makes a new one for what is on screen. */
  const forgetIdentity = () => {
    identity = null;
    opening = null;
  };

  const startAfresh = () => {
    void saver.stop();
    forgetIdentity();
    isTouched = false;
    set({ ...initialState(options), ...(options.isLazy ? {} : { phase: 'ended' as const }) });
  };

  const refuse = (name: string, problem: FileProblem) => {
    refusedCount += 1;
    set({ refused: [...store.getState().refused, { key: refusedCount, name, problem }] });
  };

  const addOne = async (incoming: IncomingFile) => {
    const name = nameOfIncoming(incoming);
    if (filesIn(store.getState().content).length >= MAX_FILES) return refuse(name, 'tooMany');
    const read = await readIncoming(incoming);
    if (!read.ok) return refuse(name, read.fault);
    if (!(await opened()) || identity === null) return refuse(name, 'unreadable');
    const answer = await call('drafts.addFile', { draftId: identity.id, ...read.value });
    if (!answer.ok) return refuse(name, problemOf(answer.fault));
    set({ content: { ...store.getState().content, ...filesOf(answer.value) } });
  };

  const sendPartsNow = async (): Promise<Result<readonly OutboxItem[], CallFault>> => {
    if (!(await saver.flush(isTouched))) return err(notStored(store.getState().saving));
    if (!(await opened()) || identity === null) return err({ kind: 'notFound' });
    const answer = await call('drafts.sendParts', { id: identity.id });
    if (!answer.ok) return answer;
    answer.value.forEach(applyAccepted);
    startAfresh();
    return answer;
  };

  const sendNow = async (): Promise<Result<OutboxItem, CallFault>> => {
    if (!(await saver.flush(isTouched))) return err(notStored(store.getState().saving));
    if (!(await opened()) || identity === null) return err({ kind: 'notFound' });
    const answer = await call('drafts.send', { id: identity.id });
    if (!answer.ok) return answer;
    applyAccepted(answer.value);
    startAfresh();
    return answer;
  };

  return {
    store,
    open: async () => void (await opened()),
    edit(patch) {
      const { phase, isSending, content } = store.getState();
      if (phase === 'ended' || phase === 'gone' || isSending) return;
      isTouched = true;
      set({ content: { ...content, ...patch } });
      saver.touch();
    },
    flush: () => saver.flush(false),
    hurry: () => saver.hurry(),
    async addFiles(files) {
      for (const file of files) {
        set({ adding: [...store.getState().adding, nameOfIncoming(file)] });
        await addOne(file);
        set({ adding: store.getState().adding.slice(1) });
      }
    },
    async removeFile({ sha256, name }) {
      if (identity === null) return;
      const answer = await call('drafts.removeFile', { draftId: identity.id, sha256, name });
      if (answer.ok) set({ content: { ...store.getState().content, ...filesOf(answer.value) } });
    },
    forgetRefused: (key) => set({ refused: store.getState().refused.filter((one) => one.key !== key) }),
    send() {
      if (sending !== null) return sending;
      set({ isSending: true });
      sending = sendNow().finally(() => {
        sending = null;
        set({ isSending: false });
      });
      return sending;
    },
    sendParts() {
      if (sendingParts !== null) return sendingParts;
      set({ isSending: true });
      sendingParts = sendPartsNow().finally(() => {
        sendingParts = null;
        set({ isSending: false });
      });
      return sendingParts;
    },
    async discard() {
      await saver.stop();
      if (identity !== null) {
        const answer = await call('drafts.discard', { id: identity.id });
        if (!answer.ok && answer.fault.kind !== 'notFound') return answer;
      }
      startAfresh();
      return { ok: true, value: undefined };
    },
  };
}

function initialState<D extends Draft>(options: DraftEditorOptions<D>): EditorState<D> {
  return {
    phase: options.isLazy ? 'ready' : 'opening',
    id: null,
    content: options.blank,
    saving: { kind: 'untouched' },
    adding: [],
    refused: [],
    isSending: false,
  };
}

/** TypeScript cannot see that content and identity make a draft, nor that a draft of this place is of this kind. */
const asDraft = (whole: object): Draft => whole as Draft;
const asContent = <D extends Draft>(stored: object): ContentOf<D> => stored as ContentOf<D>;

const filesOf = (draft: object) => ('files' in draft ? { files: draft.files as readonly SpooledFile[] } : {});
const filesIn = (draft: object): readonly SpooledFile[] => filesOf(draft).files ?? [];

/** Longer text than a draft may keep does not fit the contract: `refused`. */
function causeOf(fault: CallFault): Extract<Saving, { kind: 'failed' }>['cause'] {
  if (fault.kind === 'notStored') return fault.cause;
  return fault.kind === 'refused' ? 'tooLong' : 'other';
}

function problemOf(fault: CallFault): FileProblem {
  if (fault.kind === 'file') return fault.problem;
  return fault.kind === 'notStored' && fault.cause === 'diskFull' ? 'diskFull' : 'unreadable';
}

function notStored(saving: Saving): CallFault {
  const cause = saving.kind === 'failed' && saving.cause !== 'tooLong' ? saving.cause : 'other';
  return { kind: 'notStored', cause };
}

interface Saver {
  /** Something was typed. */
  touch(): void;
  /** Saves what was typed since the last save, or anyway if `always`. Resolves with whether it is stored. */
  flush(always: boolean): Promise<boolean>;
  /** Saves what was typed since the last save without waiting for one that is on its way; main takes them in order. */
  hurry(): void;
  /** Forgets what was typed: it was sent or discarded. Resolves when no save is on its way any more. */
  stop(): Promise<void>;
}

/** One save at a time, after a pause of typing or at the latest every second; tries again by itself after a failure. */
function createSaver(save: () => Promise<Saving>, report: (saving: Saving) => void): Saver {
  let dirtySince: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | null = null;
  let generation = 0;

  const saveAll = async (): Promise<boolean> => {
    const mine = generation;
    while (dirtySince !== null && mine === generation) {
      dirtySince = null;
      report({ kind: 'saving' });
      const outcome = await save();
      if (mine !== generation) return false;
      report(outcome);
      if (outcome.kind === 'failed') {
        dirtySince ??= Date.now();
        plan(SAVE_AGAIN);
        return false;
      }
    }
    return mine === generation;
  };

  const run = (): Promise<boolean> => {
    clearTimeout(timer);
    const mine = generation;
    running ??= saveAll().finally(() => {
      running = null;
      if (mine !== generation && dirtySince !== null) plan(0);
    });
    return running;
  };

  const plan = (delay: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delay);
  };

  return {
    touch() {
      dirtySince ??= Date.now();
      plan(Math.max(0, Math.min(SAVE_DELAY, dirtySince + SAVE_AT_LATEST - Date.now())));
    },
    async flush(always) {
      if (always) dirtySince ??= Date.now();
      return dirtySince === null && running === null ? true : run();
    },
    hurry() {
      if (dirtySince === null) return;
      if (running === null) return void run();
      const mine = generation;
      dirtySince = null;
      void save().then((outcome) => {
        if (mine !== generation || outcome.kind !== 'failed') return;
        report(outcome);
        dirtySince ??= Date.now();
        plan(SAVE_AGAIN);
      });
    },
    async stop() {
      generation += 1;
      dirtySince = null;
      clearTimeout(timer);
      await running;
    },
  };
}
