import type { CallFault } from '@shared/contract';
import type { DeskFault } from '@shared/domain/fault';
import { emptyIntake } from '@shared/domain/intake';
import { err, ok } from '@shared/domain/result';
import { askAgainAt } from '@shared/domain/survey-rules';
import { cleanText, summarise } from '@shared/domain/text';
import { onAccount } from './account-call';
import type { Handlers } from './guard';
import type { WhenSeen } from './when-seen';
import type { LoadServices } from './services.types';

/** Calls about tickets; everything comes from the cache, which the sync keeps up to date. */
export const ticketHandlers = (
  services: LoadServices,
  whenSeen: WhenSeen,
): Pick<
  Handlers,
  'tickets.list' | 'tickets.get' | 'tickets.refresh' | (`survey.${string}` & keyof Handlers)
> => ({
  'tickets.list': async () => {
    const tickets = (await services()).connection.current()?.tickets;
    return ok({
      tickets: [...(tickets?.list() ?? [])],
      dismissedSurveys: [...(tickets?.dismissedSurveys() ?? [])],
      laterSurveys: { ...tickets?.laterSurveys() },
      syncedAt: tickets?.syncedAt() ?? null,
    });
  },
  'tickets.get': ({ id }) =>
    onAccount(services, async ({ tickets, sync }) => {
      const cached = tickets.get(id);
      if (cached) {
        await whenSeen(() => tickets.markRead(id));
        void sync.fetch(id);
        return ok(cached);
      }
      const fetched = await sync.fetch(id);
      if (!fetched.ok) return err(faultOfDesk(fetched.fault));
      await whenSeen(() => tickets.markRead(id));
      return fetched;
    }),
  'tickets.refresh': () =>
    onAccount(services, async ({ sync }) => {
      await sync.refresh();
      return ok(undefined);
    }),
  'survey.later': ({ ticketId }) =>
    onAccount(services, async ({ tickets, clock }) => {
      await tickets.putOffSurvey(ticketId, askAgainAt(clock.now()));
      return ok(undefined);
    }),
  'survey.askForCall': ({ id, ticketId, phone, text }) =>
    onAccount(services, async ({ tickets, outbox, account }) => {
      if (!tickets.get(ticketId)) return err({ kind: 'notFound' });
      const contact = { ...account.person, phone };
      const intake = { ...emptyIntake(contact), problem: cleanText(text) };
      return outbox.submit(id, id, { kind: 'create', summary: summarise(intake.problem), intake, files: [] });
    }),
  'survey.dismiss': ({ ticketId }) =>
    onAccount(services, async ({ tickets }) => {
      await tickets.dismissSurvey(ticketId);
      return ok(undefined);
    }),
});

/** A board's fault as the window tells it, for what cannot wait in the outbox. */
export function faultOfDesk(fault: DeskFault): CallFault {
  switch (fault.kind) {
    case 'offline':
      return { kind: 'desk', fault: 'offline' };
    case 'authExpired':
      return { kind: 'desk', fault: 'signedOut' };
    case 'conflict':
      return fault.reason === 'gone' ? { kind: 'notFound' } : { kind: 'desk', fault: 'failed' };
    case 'ambiguous':
    case 'rejected':
    case 'throttled':
    case 'serverFault':
      return { kind: 'desk', fault: 'failed' };
  }
}
