import type { MailRoute } from '@shared/domain/board';
import { FallbackSchema, type Fallback } from '@shared/domain/fallback';
import type { JsonFile } from '../platform/json-file';

/** What the organisation and the user have chosen for e-mail as the way around the board. */
export interface Chosen {
  /** What holds: the organisation's mail server where it names one; `null`: nothing is set up. */
  settings(): Fallback | null;
  /** Whether the organisation has set the mail server. */
  isManaged(): boolean;
  /** Whether there is enough of it to send: a mail server of the organisation may still want to know who the user is. */
  isReady(): boolean;
  /** What is wanted as it would hold. */
  asAllowed(wanted: Fallback): Fallback;
  /** Resolves when it is on disk; `null` forgets what the user has chosen. @throws StorageError */
  keep(wanted: Fallback | null): Promise<void>;
}

/** What is needed to know it. */
export interface ChosenDeps {
  readonly file: JsonFile;
  /** The mail server and mailboxes that the organisation has set; `null`: none. */
  readonly managedRoute: () => MailRoute | null;
  /** The user, as the board knows them. */
  readonly person: { readonly name: string; readonly email: string; readonly phone: string };
}

/** Reads what was chosen; what is damaged counts as nothing. */
export function createChosen({ file, managedRoute, person }: ChosenDeps): Chosen {
  const read = FallbackSchema.safeParse(file.readNow());
  let stored = read.success ? read.data : null;

  function settings(): Fallback | null {
    const route = managedRoute();
    if (route === null) return stored;
    const whole = FallbackSchema.safeParse({ sender: person, ...stored, route });
    return whole.success ? whole.data : null;
  }
  return {
    settings,
    isManaged: () => managedRoute() !== null,
    isReady() {
      const holds = settings();
      return holds !== null && (!holds.route.signIn || holds.login !== '');
    },
    asAllowed: (wanted) => ({ ...wanted, route: managedRoute() ?? wanted.route }),
    async keep(wanted) {
      await file.write(wanted);
      stored = wanted;
    },
  };
}
