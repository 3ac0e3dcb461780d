import type { Message, Staff } from '@shared/domain/ticket';
import type { RtTicket, RtTransaction } from './shapes';

type Person = NonNullable<RtTicket['Owner']>;

/** Who is who in a ticket. */
export interface People {
  /** `null`: nobody has it yet. */
  readonly owner: Staff | null;
  /** Somebody at the provider. RT tells end users of nobody whether they are staff, so it is whoever did not ask. */
  isStaff(person: Person | null | undefined): boolean;
  isRequester(person: Person | null | undefined): boolean;
  authorOf(person: Person | null | undefined): Message['author'];
}

/** RT's own users: nobody, and RT itself. */
const SYSTEM = ['Nobody', 'RT_System'];
const MAX_NAME_LENGTH = 200;

/** The people of a ticket. */
export function peopleOf({ Owner: owner, Requestor: requesters }: RtTicket): People {
  const askers = new Set(requesters.map(({ id }) => id));
  const isRequester: People['isRequester'] = (person) =>
    person !== null && person !== undefined && askers.has(person.id);
  const isStaff: People['isStaff'] = (person) =>
    person !== null && person !== undefined && !SYSTEM.includes(person.id) && !askers.has(person.id);
  return {
    owner: owner && !SYSTEM.includes(owner.id) ? { name: nameOf(owner) ?? owner.id, role: 'engineer' } : null,
    isRequester,
    isStaff,
    authorOf: (person) =>
      isRequester(person)
        ? { kind: 'requester', name: nameOf(person) ?? '' }
        : {
            kind: 'staff',
            staff: { name: nameOf(person) ?? 'RT', role: isStaff(person) ? 'engineer' : 'desk' },
          },
  };
}

/** How somebody is called. */
export const nameOf = (person: Person | null | undefined): string | null =>
  [person?.RealName, person?.Name, person?.id]
    .find((name) => name !== undefined && name.trim() !== '')
    ?.trim()
    .slice(0, MAX_NAME_LENGTH) ?? null;

/** Whether somebody wrote to everybody concerned. Engineers' comments among themselves are `Comment`. */
export const isReply = ({ Type: type }: Pick<RtTransaction, 'Type'>): boolean => type === 'Correspond';
