import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { err, ok } from '@shared/domain/result';
import { cleanText } from '@shared/domain/text';
import { keyOfTicket, laneOfKey, targetOf } from '@shared/domain/ticket-key';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import { ifAllowed, onAccount } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

type OutboxCalls = Exclude<Extract<keyof Handlers, `outbox.${string}`>, 'outbox.edit'>;

/** Calls about what waits to be sent. */
export const outboxHandlers = (
  services: LoadServices,
  copyText: (text: string) => void,
): Pick<Handlers, OutboxCalls> => ({
  'outbox.list': async () => ok([...((await services()).connection.current()?.outbox.items() ?? [])]),
  'outbox.submitState': ({ id, key, change, text }) =>
    onAccount(services, async ({ outbox, tickets }) => {
      const target = targetOf(key, tickets.list(), outbox.items());
      if (!target) return err({ kind: 'notFound' });
      const ticket = target.kind === 'board' ? tickets.get(target.id) : undefined;
      const lane = laneOfKey(ticket ? keyOfTicket(ticket) : key);
      const words = cleanText(text);
      if (words.length > MAX_TEXT_LENGTH)
        return err({ kind: 'invalid', problems: [{ field: 'text', problem: 'tooLong' }] });
      return outbox.submit(id, lane, { kind: 'state', target, change, text: words });
    }),
  'outbox.join': ({ id, announcementId }) =>
    onAccount(services, async ({ outbox, facts, connector }) => {
      if (!connector.capabilities.join) return err({ kind: 'refused' });
      const first = outbox.items().find((item) => isJoin(item, announcementId));
      if (first && first.state.kind !== 'needsAttention') return ok(first);
      const announcement = facts.announcements().find((one) => one.id === announcementId);
      if (!announcement || announcement.endedAt !== null) return err({ kind: 'notFound' });
      const { title } = announcement;
      return outbox.submit(id, `news:${announcementId}`, { kind: 'join', announcementId, title });
    }),
  'outbox.sendNow': ({ ref }) =>
    onAccount(services, async ({ outbox }) => nothing(await outbox.sendNow(ref))),
  'outbox.sendByEmail': ({ ref }) =>
    ifAllowed(services, 'mailFallback', () =>
      onAccount(services, async ({ outbox, fallback }) => {
        if (!fallback?.state()) return err({ kind: 'refused' });
        return nothing(await outbox.sendByEmail(ref));
      }),
    ),
  'outbox.sendAgain': ({ ref }) =>
    onAccount(services, async ({ outbox }) => nothing(await outbox.sendAgain(ref))),
  'outbox.markArrived': ({ ref }) =>
    onAccount(services, async ({ outbox }) => nothing(await outbox.markArrived(ref))),
  'outbox.removeSent': ({ ref }) =>
    onAccount(services, async ({ outbox }) => nothing(await outbox.removeSent(ref))),
  'outbox.discard': ({ ref }) =>
    onAccount(services, async ({ outbox }) => nothing(await outbox.discard(ref))),
  'outbox.copyText': ({ ref }) =>
    onAccount(services, ({ outbox }) => {
      const item = outbox.get(ref);
      if (!item) return err({ kind: 'notFound' });
      copyText(textOf(item.write));
      return ok(undefined);
    }),
});

const isJoin = ({ write }: OutboxItem, announcementId: string): boolean =>
  write.kind === 'join' && write.announcementId === announcementId;

/** What of a write a person would want to have on the clipboard. */
function textOf(write: Write): string {
  switch (write.kind) {
    case 'create':
      return write.intake.problem;
    case 'message':
    case 'state':
      return write.text;
    case 'rate':
      return write.comment;
    case 'join':
      return write.title;
  }
}

const nothing = <Fault>(result: { ok: true } | { ok: false; fault: Fault }) =>
  result.ok ? ok(undefined) : result;
