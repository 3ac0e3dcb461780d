import type { CallFault } from '@shared/contract';
import type { TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { onAccount } from './account-call';
import type { Handlers } from './guard';
import type { AccountServices, LoadServices } from './services.types';
import { faultOfDesk } from './tickets';

interface Downloaded {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Calls that hand an attachment to the user's other programs. Only what the ticket names can be asked for. */
export const attachmentHandlers = (
  services: LoadServices,
): Pick<Handlers, 'attachments.open' | 'attachments.save'> => ({
  'attachments.open': ({ ticketId, attachmentId }) =>
    onAccount(services, async (account) => {
      const file = await download(account, ticketId, attachmentId);
      if (!file.ok) return file;
      await (await services()).attachments.open(file.value.name, file.value.bytes);
      return ok(undefined);
    }),
  'attachments.save': ({ ticketId, attachmentId }) =>
    onAccount(services, async (account) => {
      const file = await download(account, ticketId, attachmentId);
      if (!file.ok) return file;
      return ok({ saved: await (await services()).attachments.save(file.value.name, file.value.bytes) });
    }),
});

async function download(
  { tickets, connector }: AccountServices,
  ticketId: TicketId,
  attachmentId: string,
): Promise<Result<Downloaded, CallFault>> {
  const attachments = tickets.get(ticketId)?.messages.flatMap((message) => message.attachments) ?? [];
  const attachment = attachments.find(({ id }) => id === attachmentId);
  if (!attachment) return err({ kind: 'notFound' });
  const bytes = await connector.download(ticketId, attachmentId);
  return bytes.ok ? ok({ name: attachment.name, bytes: bytes.value }) : err(faultOfDesk(bytes.fault));
}
