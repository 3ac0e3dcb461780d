import type { CallName, PushName } from '@shared/channels';
import { CALLS, CHANNEL_PREFIX } from '@shared/channels';
import type { CallFault, CallResponse, Envelope, PushPayload, calls } from '@shared/contract';
import { err, type Result } from '@shared/domain/result';
import type * as z from 'zod';
import type { StorageError } from '../platform/documents.types';
import type { Ids, Log } from '../platform/types';

/** What a handler is given: the request after its schema. */
export type HandledRequest<Name extends CallName> = z.output<(typeof calls)[Name]['request']>;
/** Answers one call. A fault says why it had no effect; anything thrown becomes `internal`. */
export type Handler<Name extends CallName> = (
  request: HandledRequest<Name>,
) => Promise<Result<CallResponse<Name>, CallFault>> | Result<CallResponse<Name>, CallFault>;
/** One handler for every call of the contract: a missing one does not compile. */
export type Handlers = { readonly [Name in CallName]: Handler<Name> };

/** The part of a call's event that tells who asks. Electron gives no frame when it is gone already. */
export interface CallEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** The part of Electron's `ipcMain` that is used. */
export interface RawIpc {
  handle(channel: string, listener: (event: CallEvent, request: unknown) => Promise<Envelope<unknown>>): void;
}

/** The window's page as far as the guard knows it. */
export interface Page {
  readonly id: number;
  send(channel: string, payload: unknown): void;
}

/** The schemas, loaded when first needed: zod is not on the way to the tray. */
export type LoadContract = () => Promise<Pick<typeof import('@shared/contract'), 'calls' | 'pushes'>>;

/** What the guard needs. */
export interface IpcDeps {
  readonly raw: RawIpc;
  /** The window's page; `null` when there is no window. */
  readonly page: () => Page | null;
  /** Whether a URL is a page of Deskbell's own. */
  readonly isOwnUrl: (url: string) => boolean;
  readonly loadContract: LoadContract;
  /** Check answers and pushes too (development and tests); what does not fit is a mistake of main. */
  readonly checkAnswers: boolean;
  readonly log: Log;
  readonly ids: Ids;
}

/** The guarded way between window and main. */
export interface Ipc {
  /** Registers every call, once, before the window loads. Handlers are loaded with the first call. */
  handleAll(load: () => Promise<Handlers>): void;
  /** Sends to the window; without one nothing happens, as a new window asks for everything. */
  push<Name extends PushName>(name: Name, payload: PushPayload<Name>): void;
}

/** A schema as the guard uses it. */
interface Schema {
  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: z.core.$ZodError };
}

/**
 * Every call passes here: the sender must be the main frame of our window on our own origin, the request must fit its
 * schema (DESIGN: `ipc/`; fails closed). Everything refused is logged and has no effect.
 */
export function createIpc(deps: IpcDeps): Ipc {
  const { raw, page, loadContract, checkAnswers, log } = deps;

  const answer = async <Name extends CallName>(
    name: Name,
    load: () => Promise<Handlers>,
    event: CallEvent,
    request: unknown,
  ): Promise<Envelope<unknown>> => {
    if (!isTrusted(event, deps)) return refuse(deps, name, 'sender');
    try {
      const [{ calls }, handlers] = await Promise.all([loadContract(), load()]);
      const handler: Handler<Name> = handlers[name];
      const checked = calls[name].request.safeParse(request) as
        { success: true; data: HandledRequest<Name> } | { success: false; error: z.core.$ZodError };
      if (!checked.success) return refuse(deps, name, 'request', checked.error);
      const result = await handler(checked.data);
      if (checkAnswers && result.ok) mustFit(calls[name].response, result.value, name);
      return result;
    } catch (error) {
      return internal(deps, name, error);
    }
  };

  const checkPush = async (name: PushName, payload: unknown): Promise<void> => {
    const { pushes } = await loadContract();
    try {
      mustFit(pushes[name], payload, name);
    } catch (error) {
      log.error('ipc.push', error, { push: name });
    }
  };

  return {
    handleAll: (load) =>
      CALLS.forEach((name) =>
        raw.handle(CHANNEL_PREFIX + name, (event, request) => answer(name, load, event, request)),
      ),
    push(name, payload) {
      page()?.send(CHANNEL_PREFIX + name, payload);
      if (checkAnswers) void checkPush(name, payload);
    },
  };
}

/** Whether a call comes from the main frame of our window, showing a page of our own. A frame that is gone is nobody. */
export function isTrusted(event: CallEvent, { page, isOwnUrl }: Pick<IpcDeps, 'page' | 'isOwnUrl'>): boolean {
  try {
    const frame = event.senderFrame;
    return frame !== null && frame.parent === null && event.sender.id === page()?.id && isOwnUrl(frame.url);
  } catch {
    // Electron throws when a frame was disposed of between the call and its handling.
    return false;
  }
}

function refuse(
  { log }: IpcDeps,
  name: CallName,
  reason: 'sender' | 'request',
  error?: z.core.$ZodError,
): Envelope<never> {
  const problems = error?.issues
    .slice(0, 5)
    .map((issue) => `${issue.code} ${issue.path.map(String).join('.')}`);
  log.warn('ipc.refused', { call: name, reason, ...(problems ? { problems } : {}) });
  return err({ kind: 'refused' });
}

function internal({ log, ids }: IpcDeps, name: CallName, error: unknown): Envelope<never> {
  const notStored = storageFault(error);
  if (notStored) {
    log.error('ipc.notStored', error, { call: name });
    return err(notStored);
  }
  const id = ids.ref();
  log.error('ipc.internal', error, { call: name, id });
  return err({ kind: 'internal', id });
}

/** Stores throw a `StorageError`; it is told by its name, as services are known here by their types only. */
function storageFault(error: unknown): CallFault | null {
  if (!(error instanceof Error) || error.name !== 'StorageError') return null;
  return { kind: 'notStored', cause: (error as StorageError).reason };
}

function mustFit(schema: Schema, value: unknown, name: string): void {
  const checked = schema.safeParse(value);
  if (checked.success) return;
  const where = checked.error.issues.map((issue) => `${issue.code} at ${issue.path.map(String).join('.')}`);
  throw new TypeError(`${name} does not fit the contract: ${where.join(', ')}`);
}
