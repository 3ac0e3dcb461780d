import type { Capabilities, RtFields } from '@shared/domain/board';
import type { Credential } from '@shared/domain/credential';
import type { Clock, Log } from '../../platform/types';
import { parseBaseUrl } from '../base-url';
import type { DeskConnector } from '../connector';
import { createHttp, type HttpTimeouts } from '../http';
import type { WaysTo } from '../ways';
import { createBoardWords } from './body';
import { createCalls, type Calls } from './calls';
import { checkRt } from './check';
import { createConversations } from './conversation';
import { without } from './lacking';
import { createLookup } from './lookup';
import { createReading } from './reading';
import { createRefs } from './refs';
import { rtUserAgent } from './user-agent';
import { createWriting } from './writing';

/** What speaking to an RT needs. */
export interface RtAccess {
  /** RT's address, e.g. `https://desk.example.com/rt`; https except on this computer. */
  readonly baseUrl: string;
  /** What is good now; `null`: nobody is signed in. */
  readonly credential: () => Promise<Credential | null>;
  readonly clock: Clock;
  readonly log: Log;
  /** E.g. `Deskbell/0.1.0`. */
  readonly userAgent?: string;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Certificates trusted beside the system's own, PEM. */
  readonly ca?: readonly string[];
  readonly waysTo?: WaysTo;
}

/** What the connector needs. */
export interface RtOptions extends RtAccess {
  /** Where tickets are filed. */
  readonly queue: string;
  readonly fields: RtFields;
  /** Names of fields that the queue turned out not to have. */
  readonly lacking?: readonly string[];
  /** How RT calls the user; empty while that is not known. */
  readonly name: string;
  /** How long RT may be busy with a write whose answer never came, in ms. Default: 35 s, past its wait for the database. */
  readonly wait?: number;
}

/** RT waits up to 30 s for its database and may carry out a write after that. */
const WAIT_MS = 35_000;

/** What an RT can do with the fields that its queue has. */
export const capabilitiesOf = (fields: RtFields): Capabilities => ({
  idempotency: fields.ref !== null && fields.messageRef !== null ? 'lookup' : 'none',
  read: true,
  assigneeShown: true,
  files: 'inline',
  reopen: 'reply',
  confirm: fields.confirmed !== null,
  // An end user may not change the status.
  withdraw: false,
  rating: fields.survey !== null && fields.surveyComment !== null ? 'scale5' : 'none',
  join: false,
  since: 'server',
  push: false,
});

/**
 * Opens the way to an RT; nothing is asked yet.
 * @throws TypeError when the address is none or not secure; check it with `parseBaseUrl` where a person typed it.
 */
export function openRt({
  baseUrl,
  credential,
  clock,
  log,
  timeouts,
  ca,
  waysTo,
  userAgent = 'Deskbell',
}: RtAccess): {
  readonly url: URL;
  readonly calls: Calls;
  close(): void;
} {
  const url = parseBaseUrl(baseUrl);
  if (!url.ok) throw new TypeError(`The board's address cannot be used: ${url.fault}`);
  const http = createHttp({
    baseUrl: url.value,
    clock,
    userAgent: rtUserAgent(userAgent),
    ...(timeouts && { timeouts }),
    ca,
    waysTo,
  });
  return {
    url: url.value,
    calls: createCalls({ http, credential, clock, log }),
    close: () => http.close(),
  };
}

/**
 * Connects to a Request Tracker 5 (REST2) as one of its end users.
 * @throws TypeError as `openRt`
 */
export function createRtConnector(options: RtOptions): DeskConnector {
  const { queue, fields: wanted, lacking = [], name, clock, log, wait = WAIT_MS } = options;
  const { url, calls, close } = openRt(options);
  const fields = without(wanted, lacking);
  let dropsKeys = false;
  const words = createBoardWords();
  const refs = createRefs({ clock, wait });
  const conversations = createConversations({
    calls,
    fields,
    words,
    writtenHere: (id) => refs.byTransaction(id),
  });
  const reading = createReading({ calls, conversations, fields, clock });
  const onKey = (kept: boolean): void => void (dropsKeys = !kept);
  const writing = createWriting({ calls, reading, refs, queue, fields, words, name, clock, log, onKey });
  const { whoAmI, agreement, announcements, listChanged, get, download } = reading;
  return {
    capabilities: capabilitiesOf(fields),
    ...{ whoAmI, agreement, announcements, listChanged, get, download },
    ...writing,
    findByRef: createLookup({ calls, reading, refs, queue, fields, clock, dropsKeys: () => dropsKeys }),
    check: (how) =>
      checkRt({ calls, reading, url, queue, fields: wanted, clock, dropsKeys: () => dropsKeys }, how),
    // RT pushes nothing: it is polled.
    subscribe: () => () => undefined,
    close() {
      refs.close();
      close();
    },
  };
}
