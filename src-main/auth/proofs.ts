import type { BoardTarget, Sender, SignInProblem, SignInProof, SignInWay } from '@shared/domain/board';
import type { Credential } from '@shared/domain/credential';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { BoardTools, BoardType } from '../desk/board-type';
import type { Offer } from '../desk/offers';
import { reachProblemOf } from '../desk/reach-problem';
import type { Account } from './accounts';
import type { BrowserSignIn } from './oidc/browser-sign-in';
import type { BrowserWay } from './oidc/provider';
import type { Proven } from './sessions';

/** A board that somebody signs in to. */
export type Place = Pick<Offer, 'target' | 'name' | 'signIn'>;

/** What turning a proof into something a board takes needs. */
export interface ProofDeps {
  readonly loadType: (kind: Exclude<BoardTarget['kind'], 'practice'>) => Promise<BoardType>;
  readonly tools: BoardTools;
  readonly browser: BrowserSignIn;
}

/**
 * What a session can go on with: what the user gave, or what somebody else gives for it. `expected`: who signs in again.
 * Takes as long as the user takes on their provider's pages.
 */
export async function proofOf(
  { target, signIn: way }: Place,
  proof: SignInProof,
  expected: Account | null,
  signal: AbortSignal,
  deps: ProofDeps,
): Promise<Result<Proven, SignInProblem>> {
  switch (proof.kind) {
    case 'browser':
      return way.kind === 'browser' ? throughBrowser(way, expected, signal, deps) : err('failed');
    case 'persona':
      return asPersona(target, proof.sender, signal, deps);
    default: {
      const credential = credentialOf(way, proof);
      return credential ? ok({ kind: 'credential', credential }) : err('failed');
    }
  }
}

async function throughBrowser(
  way: BrowserWay,
  expected: Account | null,
  signal: AbortSignal,
  { browser }: ProofDeps,
): Promise<Result<Proven, SignInProblem>> {
  const loginHint = expected?.person.email ?? '';
  const signedIn = await browser.signIn(way, { signal, ...(loginHint !== '' && { loginHint }) });
  return signedIn.ok ? ok({ kind: 'tokens', tokens: signedIn.value }) : signedIn;
}

async function asPersona(
  target: BoardTarget,
  sender: Sender,
  signal: AbortSignal,
  { loadType, tools }: ProofDeps,
): Promise<Result<Proven, SignInProblem>> {
  if (target.kind === 'practice') return err('failed');
  const { admit } = await loadType(target.kind);
  const admitted = await admit?.(target, sender, tools, signal);
  if (!admitted) return err('failed');
  return admitted.ok
    ? ok({ kind: 'credential', credential: admitted.value })
    : err(await refusalOf(admitted.fault, { target, signIn: { kind: 'persona' } }, tools));
}

/** A credential that is made of what the user gave; `null`: it does not fit the way in. */
function credentialOf(
  way: SignInWay,
  proof: Exclude<SignInProof, { kind: 'browser' | 'persona' }>,
): Credential | null {
  switch (proof.kind) {
    case 'nothing':
      return way.kind === 'nothing' ? { kind: 'nothing' } : null;
    case 'password':
      return way.kind === 'password' && way.onlyToken !== true ? proof : null;
    case 'token':
      return way.kind === 'password' && way.orToken ? proof : null;
    case 'mail':
      if (way.kind !== 'mail') return null;
      return way.asksPassword
        ? { kind: 'password', name: proof.name, password: proof.password }
        : { kind: 'nothing' };
  }
}

/** What goes to the board for what was proven. */
export const credentialIn = (proven: Proven): Credential =>
  proven.kind === 'credential' ? proven.credential : { kind: 'bearer', token: proven.tokens.accessToken };

/** What a person is told when a board did not let them in. */
export async function refusalOf(
  fault: DeskFault,
  { target, signIn }: Pick<Place, 'target' | 'signIn'>,
  tools: BoardTools,
): Promise<SignInProblem> {
  tools.log.info('signIn.refused', { reason: fault.kind });
  // What a provider has just given is no wrong password: the board does not take this person, or this provider.
  if (fault.kind === 'authExpired') return signIn.kind === 'browser' ? 'noRight' : 'wrongPassword';
  if (fault.kind === 'rejected' || fault.kind === 'conflict') return 'noRight';
  const address = 'url' in target ? new URL(target.url) : null;
  if (address !== null) return reachProblemOf(fault, address, tools);
  return fault.kind === 'offline' ? fault.cause : 'busy';
}
