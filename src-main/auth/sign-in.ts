import { createHash } from 'node:crypto';
import type { CallFault } from '@shared/contract';
import {
  SenderSchema,
  type BoardTarget,
  type FindAnswer,
  type MailRoute,
  type SignInAnswer,
  type SignInProblem,
  type SignInProof,
  type SignInWay,
} from '@shared/domain/board';
import type { Credential } from '@shared/domain/credential';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { BoardTools, BoardType } from '../desk/board-type';
import type { BoardPerson } from '../desk/connector';
import { mayConnect, NO_RULES, wayUnder, type DeskRules } from '../desk/chosen-desk';
import type { DeskFinder } from '../desk/finder';
import { answerOf, type Found, type Offer } from '../desk/offers';
import { reachProblemOf } from '../desk/reach-problem';
import type { Log } from '../platform/types';
import type { Account } from './accounts';
import type { ConnectionKeeper, OpenAccount } from './connection';
import type { Sessions } from './sessions';

/** Finds service desks and signs in to them, for the window. */
export interface SignIn {
  /** With an empty address: the desk that the organisation has chosen. */
  find(address: string): Promise<FindAnswer>;
  /** Takes a mail server and a desk's mailbox that the user named for a desk. */
  byMail(route: MailRoute): Promise<FindAnswer>;
  /** Signs in to a desk that was found and works with it from then on. */
  enter(offerId: string, proof: SignInProof): Promise<SignInAnswer>;
  /** Signs in again to the account that is connected. */
  again(proof: SignInProof): Promise<SignInAnswer>;
  /** Gives up what is under way. */
  cancel(): void;
  /** Opens the practice desk. */
  practice(): Promise<Result<undefined, CallFault>>;
}

/** What signing in needs. */
export interface SignInDeps {
  readonly finder: DeskFinder;
  readonly loadType: (kind: Exclude<BoardTarget['kind'], 'practice'>) => Promise<BoardType>;
  readonly tools: BoardTools;
  readonly sessions: Sessions;
  readonly connection: Pick<ConnectionKeeper<OpenAccount>, 'connect' | 'current'>;
  readonly practice: () => Account;
  /** Which desks may be connected. Left out: all. */
  readonly rules?: DeskRules;
  readonly log: Log;
}

type Place = Pick<Offer, 'target' | 'name' | 'signIn'>;
type Nobody = Omit<BoardPerson, 'id'>;

/** Makes what signs in; nothing is asked of anybody yet. */
export function createSignIn(deps: SignInDeps): SignIn {
  const { finder, sessions, connection, tools, log, rules = NO_RULES } = deps;
  const offers = new Map<string, Offer>();
  let underWay: AbortController | null = null;

  const begin = (): AbortSignal => {
    underWay?.abort();
    underWay = new AbortController();
    return underWay.signal;
  };

  /** Who the board takes somebody with this proof for. */
  async function recognise(
    place: Place,
    credential: Credential,
    sender: Nobody,
    signal: AbortSignal,
  ): Promise<Result<BoardPerson, SignInProblem>> {
    if (place.target.kind === 'practice') return err('failed');
    const type = await deps.loadType(place.target.kind);
    const connector = type.connect(place.target, { credential: async () => credential }, sender, tools);
    const person = await connector.whoAmI({ signal });
    connector.close();
    if (person.ok) return person;
    return err(signal.aborted ? 'cancelled' : await problemOf(person.fault, place.target));
  }

  async function problemOf(fault: DeskFault, target: BoardTarget): Promise<SignInProblem> {
    log.info('signIn.refused', { fault: fault.kind });
    if (fault.kind === 'authExpired') return 'wrongPassword';
    if (fault.kind === 'rejected' || fault.kind === 'conflict') return 'noRight';
    const address = 'url' in target ? new URL(target.url) : null;
    if (address !== null) return reachProblemOf(fault, address, tools);
    return fault.kind === 'offline' ? fault.cause : 'busy';
  }

  /** What goes to the board for what the user gave. */
  async function credentialFor(
    { target, signIn }: Place,
    proof: SignInProof,
    signal: AbortSignal,
  ): Promise<Result<Credential, SignInProblem>> {
    if (proof.kind !== 'persona') {
      const credential = credentialOf(signIn, proof);
      return credential ? ok(credential) : err('failed');
    }
    if (target.kind === 'practice') return err('failed');
    const { admit } = await deps.loadType(target.kind);
    const admitted = await admit?.(target, proof.sender, tools, signal);
    if (!admitted) return err('failed');
    return admitted.ok ? admitted : err(await problemOf(admitted.fault, target));
  }

  /** Proves who the user is; gives the account, and what its session goes on with. */
  async function prove(
    place: Place,
    proof: SignInProof,
    signal: AbortSignal,
  ): Promise<Result<{ account: Account; credential: Credential }, SignInProblem>> {
    const credential = await credentialFor(place, proof, signal);
    if (!credential.ok) return credential;
    const sender = senderOf(proof);
    const person = await recognise(place, credential.value, sender, signal);
    if (!person.ok) return person;
    const { id, ...known } = person.value;
    const account: Account = {
      id: accountId(place.target, id),
      target: place.target,
      signIn: place.signIn,
      login: proof.kind === 'password' || proof.kind === 'mail' ? proof.name : '',
      deskName: place.name,
      person: known,
    };
    return ok({ account, credential: credential.value });
  }

  async function enter(place: Place, proof: SignInProof, expected: string | null): Promise<SignInAnswer> {
    const signal = begin();
    const proven = await prove(place, proof, signal);
    if (signal.aborted) return refused('cancelled');
    if (!proven.ok) return refused(proven.fault);
    const { account, credential } = proven.value;
    if (expected !== null && expected !== account.id) return refused('otherPerson');
    await sessions.begin(account, credential);
    const connected = await connection.connect(account);
    return connected.ok ? { kind: 'signedIn' } : refused('failed');
  }

  function seek(address: string): Promise<Found> {
    const chosen = rules.chosen();
    const signal = begin();
    if (address.trim() === '' && chosen !== null) return finder.chosen(chosen, signal);
    return ifOthers(address, () => finder.find(address, signal));
  }

  /** Looks for a desk of the user's own choice, where there may be one. */
  async function ifOthers(place: string, look: () => Promise<Found>): Promise<Found> {
    if (rules.allowsOthers()) return look();
    return { kind: 'nothing', problem: 'notAllowed', place: place.trim().slice(0, 300) };
  }

  function remember(found: Found): FindAnswer {
    if (found.kind === 'found') {
      offers.clear();
      const allowed = found.offers.map((offer) => ({
        ...offer,
        signIn: wayUnder(offer.target, offer.signIn, rules),
      }));
      allowed.forEach((offer) => offers.set(offer.id, offer));
      return answerOf({ kind: 'found', offers: allowed });
    }
    return answerOf(found);
  }

  return {
    find: async (address) => remember(await seek(address)),
    byMail: async (route) => remember(await ifOthers(route.host, () => finder.byMail(route, begin()))),
    async enter(offerId, proof) {
      const offer = offers.get(offerId);
      if (!offer) return refused('expired');
      // The rules may have changed since it was found.
      return mayConnect(offer.target, rules) ? enter(offer, proof, null) : refused('notAllowed');
    },
    async again(proof) {
      const account = connection.current()?.account;
      if (!account) return refused('expired');
      return enter(
        {
          target: account.target,
          name: account.deskName,
          signIn: wayUnder(account.target, account.signIn, rules),
        },
        proof,
        account.id,
      );
    },
    cancel: () => underWay?.abort(),
    practice: async () =>
      rules.allowsPractice() ? connection.connect(deps.practice()) : err({ kind: 'refused' }),
  };
}

const refused = (problem: SignInProblem): SignInAnswer => ({ kind: 'refused', problem });

/** A credential that is made of what the user gave; `null`: it does not fit the way in. */
function credentialOf(way: SignInWay, proof: SignInProof): Credential | null {
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
    case 'persona':
    case 'browser':
      return null;
  }
}

const NOBODY: Nobody = { name: '', email: '', phone: '' };
const senderOf = (proof: SignInProof): Nobody =>
  proof.kind === 'mail' || proof.kind === 'persona' ? SenderSchema.parse(proof.sender) : NOBODY;

/** Names the account's folder: one for each person at each board, so that data never mixes. */
function accountId(target: BoardTarget, personId: string): string {
  const place = 'url' in target ? target.url : target.kind === 'email' ? target.deskAddress : '';
  const queue = target.kind === 'rt' ? target.queue : '';
  const hash = createHash('sha256')
    .update(JSON.stringify([place, queue, personId]))
    .digest('hex');
  return `${target.kind.toLowerCase()}-${hash.slice(0, 24)}`;
}
