import type { CallFault } from '@shared/contract';
import type { Draft } from '@shared/domain/draft';
import { RefSchema, type Ref } from '@shared/domain/primitives';
import {
  hasRestarted,
  restartedAnswer,
  restartedAt,
  RestartPlanSchema,
  stageOf,
  type Boot,
  type RestartAnswer,
  type RestartStage,
  type RestartTarget,
  type RestartView,
} from '@shared/domain/restart';
import { assertNever, err, ok, type Result } from '@shared/domain/result';
import { summarise } from '@shared/domain/text';
import * as z from 'zod';
import type { JsonFile } from '../../platform/json-file';
import { createSerial } from '../../platform/serial';
import type { Clock, Log } from '../../platform/types';
import type { BootReader } from '../boot';

/** A restart that the user wants to try before the ticket goes, and the question afterwards. Restarts nothing itself. */
export interface Restarts {
  /** Reads what was planned and closes what was solved. After the drafts were loaded. */
  load(): Promise<void>;
  view(): RestartView;
  /** Keeps the draft and the plan on disk. A plan for another draft gives way. */
  begin(request: {
    readonly draftId: Ref;
    readonly what: RestartTarget;
  }): Promise<Result<undefined, CallFault>>;
  answer(answer: RestartAnswer): Promise<Result<undefined, CallFault>>;
  /** The user comes back to the window: perhaps it is time to ask. */
  visit(): Promise<void>;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What restarts work with. */
export interface RestartsDeps {
  readonly file: JsonFile;
  readonly boot: BootReader;
  readonly drafts: {
    get(id: Ref): Draft | undefined;
    save(draft: Draft): Promise<Result<unknown, CallFault>>;
    discard(id: Ref): Promise<Result<unknown, CallFault>>;
    onChange(listener: () => void): () => void;
  };
  /** Makes Deskbell start with the session for this once, or as the settings say. */
  readonly startAtLogin: (once: boolean) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** `closing`: solved and counted; its draft goes, even if Deskbell ends before it is gone. */
const StoredSchema = z.object({
  plan: RestartPlanSchema.nullable().catch(null),
  closing: RefSchema.nullable().catch(null),
  solved: z.number().int().nonnegative().catch(0),
});
type Stored = z.infer<typeof StoredSchema>;

const NOTHING: Stored = { plan: null, closing: null, solved: 0 };
const NOT_FOUND: CallFault = { kind: 'notFound' };

/** Makes the restarts of one account. */
export function createRestarts(deps: RestartsDeps): Restarts {
  const { file, drafts, clock, log } = deps;
  const listeners = new Set<() => void>();
  const serial = createSerial();
  let stored = NOTHING;
  let boot: Boot = { id: null, bootedAt: clock.now().toISOString(), uptime: 0 };
  let stage: RestartStage = 'waiting';

  const now = (): string => clock.now().toISOString();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => serial.run('restart', task);
  const emit = (): void => listeners.forEach((listener) => listener());

  async function keep(next: Stored): Promise<boolean> {
    const before = stored;
    stored = next;
    try {
      await file.write(next);
      return true;
    } catch (error) {
      stored = before;
      log.error('restart.notStored', error);
      return false;
    }
  }

  const startAtLogin = (once: boolean): Promise<void> =>
    deps.startAtLogin(once).catch((error: unknown) => log.error('restart.loginItem', error));

  /** The plan is over. Where it cannot be stored, it comes up once more; nothing is lost. */
  async function end(more: Partial<Stored> = {}): Promise<boolean> {
    const { plan } = stored;
    const isKept = await keep({ ...stored, plan: null, ...more });
    if (isKept && plan?.what === 'computer') await startAtLogin(false);
    return isKept;
  }

  async function look(isVisit: boolean): Promise<void> {
    const { plan } = stored;
    if (plan === null) {
      // The id costs a program's start on some systems; without a plan nobody needs it.
      const uptime = deps.boot.uptime();
      boot = { id: null, uptime, bootedAt: new Date(clock.now().getTime() - uptime * 1000).toISOString() };
      return;
    }
    boot = await deps.boot.read();
    stage = stageOf(plan, { boot, now: now(), isVisit });
  }

  async function close(draftId: Ref): Promise<void> {
    const gone = await drafts.discard(draftId);
    if (gone.ok || gone.fault.kind === 'notFound') await keep({ ...stored, closing: null });
  }

  /** What the user learned goes into the draft as if typed. */
  async function noteInDraft(): Promise<Result<undefined, CallFault>> {
    const { plan } = stored;
    const draft = plan && drafts.get(plan.draftId);
    if (!plan || draft?.kind !== 'ticket') return err(NOT_FOUND);
    const restarted = restartedAnswer(draft.intake.restarted, plan.what);
    const intake = { ...draft.intake, restarted, restartedAt: restartedAt(plan, boot, now()) };
    const saved = await drafts.save({ ...draft, intake });
    return saved.ok ? ok(undefined) : saved;
  }

  async function settle(answer: RestartAnswer): Promise<Result<undefined, CallFault>> {
    const { plan } = stored;
    if (plan === null) return err(NOT_FOUND);
    switch (answer) {
      case 'later':
        stage = 'waiting';
        return ok(undefined);
      case 'cancel':
        return (await end()) ? ok(undefined) : NOT_STORED;
      case 'fixed':
        if (!(await end({ closing: plan.draftId, solved: stored.solved + 1 }))) return NOT_STORED;
        await close(plan.draftId);
        return ok(undefined);
      case 'notFixed': {
        boot = await deps.boot.read();
        const noted = await noteInDraft();
        if (!noted.ok && noted.fault.kind !== 'notFound') return noted;
        return (await end()) ? ok(undefined) : NOT_STORED;
      }
      default:
        return assertNever(answer);
    }
  }

  /** A draft that was sent or discarded needs no question any more. */
  const unlisten = drafts.onChange(() => {
    const { plan } = stored;
    if (plan === null || drafts.get(plan.draftId)) return;
    void inTurn(async () => {
      if (stored.plan !== plan) return;
      await end();
      emit();
    });
  });

  return {
    load: () =>
      inTurn(async () => {
        const read = StoredSchema.safeParse(file.readNow());
        stored = read.success ? read.data : NOTHING;
        if (stored.closing !== null) await close(stored.closing);
        if (stored.plan && !drafts.get(stored.plan.draftId)) await end();
        await look(true);
        // It started with the session for this; the next time is the user's own choice again.
        if (stored.plan?.what === 'computer' && hasRestarted(stored.plan.boot, boot))
          await startAtLogin(false);
      }),

    view() {
      const { plan, solved } = stored;
      if (plan === null) return { bootedAt: boot.bootedAt, plan: null, solved };
      const { boot: before, ...rest } = plan;
      const draft = drafts.get(plan.draftId);
      const summary = draft?.kind === 'ticket' ? summarise(draft.intake.problem) : '';
      const done = plan.what === 'computer' && hasRestarted(before, boot);
      return { bootedAt: boot.bootedAt, plan: { ...rest, stage, done, summary }, solved };
    },

    begin: ({ draftId, what }) =>
      inTurn(async () => {
        const draft = drafts.get(draftId);
        if (draft?.kind !== 'ticket') return err(NOT_FOUND);
        const saved = await drafts.save(draft);
        if (!saved.ok) return saved;
        boot = await deps.boot.read();
        const before = stored.plan;
        if (!(await keep({ ...stored, plan: { draftId, what, askedAt: now(), boot } }))) return NOT_STORED;
        stage = 'waiting';
        if (what === 'computer' || before?.what === 'computer') await startAtLogin(what === 'computer');
        emit();
        return ok(undefined);
      }),

    answer: (answer) =>
      inTurn(async () => {
        const settled = await settle(answer);
        emit();
        return settled;
      }),

    visit: () =>
      inTurn(async () => {
        await look(true);
        emit();
      }),

    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    async close() {
      unlisten();
      await inTurn(async () => undefined);
      await file.settled();
    },
  };
}

const NOT_STORED = err<CallFault>({ kind: 'notStored', cause: 'other' });
