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
import { err, ok, type Result } from '@shared/domain/result';
import type { BoardPerson } from '../desk/connector';
import { mayConnect, NO_RULES, wayUnder, type DeskRules } from '../desk/chosen-desk';
import type { DeskFinder } from '../desk/finder';
import { answerOf, type Found, type Offer } from '../desk/offers';
import type { Log } from '../platform/types';
import type { Account } from './accounts';
import type { ConnectionKeeper, OpenAccount } from './connection';
import type { BrowserWay } from './oidc/provider';
import type { Tokens } from './oidc/tokens';
import { credentialIn, proofOf, refusalOf, type Place, type ProofDeps } from './proofs';
import type { Proven, Sessions } from './sessions';

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
export interface SignInDeps extends ProofDeps {
  readonly finder: DeskFinder;
  readonly sessions: Sessions;
  /** Takes tokens back that nobody will use. Never rejects. */
  readonly giveBack: (way: BrowserWay, tokens: Tokens) => Promise<void>;
  readonly connection: Pick<ConnectionKeeper<OpenAccount>, 'connect' | 'current'>;
  readonly practice: () => Account;
  /** Which desks may be connected. Left out: all. */
  readonly rules?: DeskRules;
  readonly log: Log;
}

type Nobody = Omit<BoardPerson, 'id'>;
/** Somebody the board knows, and what their session begins with. */
interface Recognised {
  readonly account: Account;
  readonly proven: Proven;
}

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
    return err(signal.aborted ? 'cancelled' : await refusalOf(person.fault, place, tools));
  }

  /** Finds out whom the board takes somebody for; gives the account, and what its session goes on with. */
  async function identify(
    place: Place,
    proof: SignInProof,
    proven: Proven,
    signal: AbortSignal,
  ): Promise<Result<Recognised, SignInProblem>> {
    const person = await recognise(place, credentialIn(proven), senderOf(proof), signal);
    if (signal.aborted) return err('cancelled');
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
    return ok({ account, proven });
  }

  async function enter(place: Place, proof: SignInProof, expected: Account | null): Promise<SignInAnswer> {
    const signal = begin();
    const proven = await proofOf(place, proof, expected, signal, deps);
    if (!proven.ok) return refused(proven.fault);
    const found = await identify(place, proof, proven.value, signal);
    const isOther = found.ok && expected !== null && expected.id !== found.value.account.id;
    if (found.ok && !isOther) return goOn(found.value);
    // Of the expected person they may belong to the same grant as those of the session: these just lapse.
    if (expected === null || isOther) takeBack(place.signIn, proven.value);
    return refused(found.ok ? 'otherPerson' : found.fault);
  }

  /** Works with the account from now on. Another one is left, and signed out: nobody is signed in twice here. */
  async function goOn({ account, proven }: Recognised): Promise<SignInAnswer> {
    const before = connection.current()?.account ?? null;
    await sessions.begin(account, proven);
    const connected = await connection.connect(account);
    if (!connected.ok) return refused('failed');
    if (before !== null && before.id !== account.id)
      sessions.drop(before).catch((error: unknown) => log.error('session.drop', error));
    return { kind: 'signedIn' };
  }

  /** The user need not wait for it. */
  function takeBack(way: SignInWay, proven: Proven): void {
    if (way.kind === 'browser' && proven.kind === 'tokens') void deps.giveBack(way, proven.tokens);
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
      // The practice desk is on this computer: there is nobody to ask.
      if (account.target.kind === 'practice')
        return (await connection.connect(account)).ok ? { kind: 'signedIn' } : refused('failed');
      return enter(
        {
          target: account.target,
          name: account.deskName,
          signIn: wayUnder(account.target, account.signIn, rules),
        },
        proof,
        account,
      );
    },
    cancel: () => underWay?.abort(),
    practice: async () =>
      rules.allowsPractice() ? connection.connect(deps.practice()) : err({ kind: 'refused' }),
  };
}

const refused = (problem: SignInProblem): SignInAnswer => ({ kind: 'refused', problem });

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
