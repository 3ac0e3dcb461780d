import type { MailRoute, Sender } from '@shared/domain/board';
import { createTranslator } from '@shared/locales';
import type { Credential } from '@shared/domain/credential';
import { createClock } from '../../../src-main/platform/clock';
import { createEmailConnector } from '../../../src-main/desk/email/email-connector';
import type { SmtpLimits } from '../../../src-main/desk/email/smtp';
import type { DeskConnector } from '../../../src-main/desk/connector';

export const ADA: Sender = { name: 'Ada Ellis', email: 'ada@harbour-tea.example', phone: '616 555 0199' };

/** How to connect. */
export interface ClientOptions {
  readonly ca?: string;
  readonly credential?: Credential | null;
  readonly sender?: Sender;
  readonly limits?: Partial<SmtpLimits>;
}

/** The e-mail board for a route, as one person. */
export function connectTo(route: MailRoute, options: ClientOptions = {}): DeskConnector {
  const { credential = { kind: 'nothing' }, sender = ADA, limits, ca } = options;
  return createEmailConnector({
    route,
    session: { credential: async () => credential },
    sender,
    clock: createClock(),
    t: createTranslator('en').t,
    ...(ca === undefined ? {} : { ca: [ca] }),
    ...(limits && { limits }),
  });
}
