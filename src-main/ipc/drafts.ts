import type { CallFault } from '@shared/contract';
import type { Draft } from '@shared/domain/draft';
import type { Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { ifAllowed, onAccount } from './account-call';
import type { Handlers } from './guard';
import type { AccountServices, LoadServices } from './services.types';

type DraftCalls = Extract<keyof Handlers, `drafts.${string}` | 'outbox.edit'>;

/**
 * On service hold no new ticket is taken (billing page; guide, chapter 7): the draft stays as it is and can go when the
 * hold is lifted. What was accepted before gives its item again.
 */
function whileOpen<Sent>(
  account: AccountServices,
  id: Ref,
  send: (account: AccountServices) => Promise<Result<Sent, CallFault>>,
): Promise<Result<Sent, CallFault>> | Result<Sent, CallFault> {
  const isHeld = account.facts.agreement()?.standing === 'serviceHold';
  const isTicket = account.drafts.list().some((draft) => draft.id === id && draft.kind === 'ticket');
  return isHeld && isTicket ? err({ kind: 'serviceHold' }) : send(account);
}

/** A draft without facts about this computer. */
const withoutDevice = (draft: Draft): Draft =>
  draft.kind === 'ticket' ? { ...draft, intake: { ...draft.intake, device: [] } } : draft;

/** Calls about what is typed but not sent. */
export const draftHandlers = (services: LoadServices): Pick<Handlers, DraftCalls> => ({
  'drafts.list': async () => ok([...((await services()).connection.current()?.drafts.list() ?? [])]),
  'drafts.create': (place) => onAccount(services, ({ drafts }) => drafts.create(place)),
  'drafts.save': async ({ draft }) => {
    const goesAlong = (await services()).managed.allows('deviceFacts');
    return onAccount(services, ({ drafts }) => drafts.save(goesAlong ? draft : withoutDevice(draft)));
  },
  'drafts.discard': ({ id }) =>
    onAccount(services, async ({ drafts }) => {
      const discarded = await drafts.discard(id);
      return discarded.ok ? ok(undefined) : discarded;
    }),
  'drafts.addFile': (file) =>
    ifAllowed(services, 'attachments', () => onAccount(services, ({ drafts }) => drafts.addFile(file))),
  'drafts.removeFile': (file) => onAccount(services, ({ drafts }) => drafts.removeFile(file)),
  'drafts.send': ({ id }) =>
    onAccount(services, (account) => whileOpen(account, id, ({ drafts }) => drafts.send(id))),
  'drafts.sendParts': ({ id }) =>
    onAccount(services, (account) => whileOpen(account, id, ({ drafts }) => drafts.sendParts(id))),
  'outbox.edit': ({ ref }) => onAccount(services, ({ drafts }) => drafts.fromItem(ref)),
});
