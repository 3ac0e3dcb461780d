import { ok } from '@shared/domain/result';
import { onAccount } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

type DraftCalls = Extract<keyof Handlers, `drafts.${string}` | 'outbox.edit'>;

/** Calls about what is typed but not sent. */
export const draftHandlers = (services: LoadServices): Pick<Handlers, DraftCalls> => ({
  'drafts.list': async () => ok([...((await services()).connection.current()?.drafts.list() ?? [])]),
  'drafts.create': (place) => onAccount(services, ({ drafts }) => drafts.create(place)),
  'drafts.save': ({ draft }) => onAccount(services, ({ drafts }) => drafts.save(draft)),
  'drafts.discard': ({ id }) =>
    onAccount(services, async ({ drafts }) => {
      const discarded = await drafts.discard(id);
      return discarded.ok ? ok(undefined) : discarded;
    }),
  'drafts.addFile': (file) => onAccount(services, ({ drafts }) => drafts.addFile(file)),
  'drafts.removeFile': (file) => onAccount(services, ({ drafts }) => drafts.removeFile(file)),
  'drafts.send': ({ id }) => onAccount(services, ({ drafts }) => drafts.send(id)),
  'drafts.sendParts': ({ id }) => onAccount(services, ({ drafts }) => drafts.sendParts(id)),
  'outbox.edit': ({ ref }) => onAccount(services, ({ drafts }) => drafts.fromItem(ref)),
});
