import { err, ok } from '@shared/domain/result';
import type { BoardTarget } from '@shared/domain/board';
import { createTranslator, FALLBACK_LOCALE } from '@shared/locales';
import type { BoardType } from '../board-type';
import { createEmailConnector } from './email-connector';
import { isPrivate } from './socket';

type Target = Extract<BoardTarget, { kind: 'email' }>;

/** Desks that are a mailbox: the provider's first preference, and the way to boards that give end users no access. */
export const email: BoardType<Target> = {
  kind: 'email',

  /** A mail server does not answer at a web address: it comes from a policy or a `/.well-known/deskbell`. */
  find: async () => ok(null),

  async entrance(target) {
    if (!isPrivate(target)) return err({ kind: 'offline', cause: 'certificate' });
    return ok({
      target,
      name: target.deskAddress.slice(0, 200),
      signIn: { kind: 'mail', asksPassword: target.signIn },
    });
  },

  connect: (target, session, person, { clock, ca, locale = FALLBACK_LOCALE }) =>
    createEmailConnector({
      route: target,
      session,
      sender: person,
      clock,
      t: createTranslator(locale).t,
      ...(ca && { ca }),
    }),
};
