import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { ok } from '@shared/domain/result';
import { PersonSchema, type Person } from '@shared/board-api';
import type { Store, Transaction } from '../data/store';
import type { PersonRow } from '../data/tables';
import type { TokenVerifier } from '../identity/verifier';
import type { DeskClock, Persona } from '../types';

/** Who a request comes from. */
export interface Caller {
  readonly person: Person | null;
  /** Until when they have proved it; `null`: for as long as they like. */
  readonly until: Date | null;
  /** The caller knows the desk's access token, or the desk has none. */
  readonly trusted: boolean;
}

/** The people of the desk and their sign-ins. */
export interface People {
  /** Signs somebody in: the same e-mail (else the same name) is the same person again. The owner stays the owner. */
  signIn(persona: Persona): Promise<{ token: string; person: Person }>;
  /** Who a token belongs to; `unavailable`: nobody can tell right now. */
  identify(token: string | null): Promise<Caller | 'unavailable'>;
}

const OWNER = 'owner';
const TOKEN_BYTES = 32;

/**
 * Opens the register of people. With an access token the desk belongs to one person, its owner: everybody who knows
 * the token is the owner, and nobody else gets in. With an issuer, its people get in by its access tokens, and only by them.
 */
export async function openPeople(deps: {
  store: Store;
  clock: DeskClock;
  accessToken: string | null;
  owner: Persona;
  issuer: { readonly name: string; readonly verifier: TokenVerifier } | null;
}): Promise<People> {
  const { store, clock, accessToken, issuer } = deps;
  if (accessToken !== null) await store.transact((tx) => ok(register(store, tx, OWNER, deps.owner)));

  return {
    async signIn(persona) {
      const identity = accessToken === null ? identityOf(persona) : OWNER;
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const result = await store.transact((tx) => {
        const person = register(store, tx, identity, persona);
        tx.put('session', digest(token), { personId: person.id, at: clock.now().toISOString() });
        return ok(person);
      });
      if (!result.ok) throw new Error('practice desk: a sign-in cannot be refused');
      return { token, person: PersonSchema.parse(result.value) };
    },
    async identify(token) {
      const trusted = accessToken === null;
      if (token === null) return { person: null, until: null, trusted };
      if (accessToken !== null && isSame(token, accessToken))
        return { person: find(store, OWNER), until: null, trusted: true };
      if (issuer) return identifyByIssuer(issuer, token, trusted);
      const session = store.table('session').get(digest(token));
      const row = session && store.table('person').get(session.personId);
      return { person: row ? PersonSchema.parse(row) : null, until: null, trusted };
    },
  };

  async function identifyByIssuer(
    { name, verifier }: NonNullable<typeof issuer>,
    token: string,
    trusted: boolean,
  ): Promise<Caller | 'unavailable'> {
    const verified = await verifier.verify(token);
    if (verified.kind === 'unavailable') return 'unavailable';
    if (verified.kind === 'refused') return { person: null, until: null, trusted };
    const { subject, persona, until } = verified;
    const identity = `issuer ${name} ${subject}`;
    const known = find(store, identity);
    if (known && isAsKnown(known, persona)) return { person: PersonSchema.parse(known), until, trusted };
    const result = await store.transact((tx) => ok(register(store, tx, identity, persona)));
    return { person: result.ok ? PersonSchema.parse(result.value) : null, until, trusted };
  }
}

const isAsKnown = (row: PersonRow, { name, email, phone }: Persona): boolean =>
  row.name === name && row.email === email && row.phone === phone;

function register(store: Store, tx: Transaction, identity: string, persona: Persona): PersonRow {
  const known = find(store, identity);
  const nameless = persona.name.trim() === '';
  if (known && nameless) return known;
  const { name, email, phone } = persona;
  const row = { id: known?.id ?? randomUUID(), name: nameless ? OWNER : name, email, phone, identity };
  tx.put('person', row.id, row);
  return row;
}

function find(store: Store, identity: string): PersonRow | null {
  for (const row of store.table('person').values()) if (row.identity === identity) return row;
  return null;
}

function identityOf(persona: Persona): string {
  const email = persona.email.trim().toLowerCase();
  return email === '' ? `name ${persona.name.trim().toLowerCase()}` : `email ${email}`;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(digest(one), 'hex'), Buffer.from(digest(other), 'hex'));
