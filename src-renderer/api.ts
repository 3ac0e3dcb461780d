import type { Bridge, CallFault, CallRequest, CallResponse, Envelope, PushPayload } from '@shared/contract';
import type { CallName, PushName } from '@shared/channels';

declare global {
  interface Window {
    /** Put there by the preload; the only way out of the window. */
    readonly deskbell: Bridge;
  }
}

/** Names of the calls that take no request. */
type BareCall = { [Name in CallName]: undefined extends CallRequest<Name> ? Name : never }[CallName];

/** Calls main. Never throws: a broken bridge is the fault `internal`. */
export async function call<Name extends BareCall>(name: Name): Promise<Envelope<CallResponse<Name>>>;
export async function call<Name extends CallName>(
  name: Name,
  request: CallRequest<Name>,
): Promise<Envelope<CallResponse<Name>>>;
export async function call<Name extends CallName>(
  name: Name,
  request?: CallRequest<Name>,
): Promise<Envelope<CallResponse<Name>>> {
  try {
    return await window.deskbell.call(name, request as CallRequest<Name>);
  } catch {
    // Electron rejects when main is gone or refuses the frame; what the caller can do about it is the same.
    const fault: CallFault = { kind: 'internal', id: '' };
    return { ok: false, fault };
  }
}

/** Listens to a push of main. Returns the function that stops listening. */
export function listen<Name extends PushName>(
  name: Name,
  listener: (payload: PushPayload<Name>) => void,
): () => void {
  return window.deskbell.on(name, listener);
}
