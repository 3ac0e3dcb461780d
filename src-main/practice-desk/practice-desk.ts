import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import path from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { Agreement } from '@shared/domain/agreement';
import { createAttachments } from './board/attachments';
import { createBoard } from './board/board';
import { createControls } from './board/controls';
import { createEvents } from './board/events';
import { openPeople } from './board/people';
import { openBlobs } from './data/blobs';
import { lockFolder } from './data/lock';
import { openStore, type Store } from './data/store';
import { createFaults } from './http/faults';
import { createProblems } from './http/problem';
import type { IssuerOptions } from './identity/issuer';
import { createApp } from './http/server';
import { boardRoutes } from './routes/board';
import { createEventStreams } from './routes/events';
import { fileRoutes } from './routes/files';
import { practiceRoutes } from './routes/practice';
import { ticketRoutes } from './routes/tickets';
import { createScheduler } from './staff/scheduler';
import { createStage } from './staff/stage';
import { createWords } from './staff/words';
import type { DeskClock, DeskLog, Pace, Persona } from './types';

export { DataInUse } from './data/lock';
export type { IssuerOptions } from './identity/issuer';
export { PACES, type DeskClock, type DeskLog, type Pace, type Persona } from './types';

/** How a practice desk is set up. */
export interface PracticeDeskOptions {
  /** Folder of its own for its data; made if missing. */
  readonly dataDir: string;
  /** 0: any free port. */
  readonly port: number;
  /** The address to listen on; loopback unless said. */
  readonly host?: string;
  readonly pace: Pace;
  readonly clock: DeskClock;
  /** In [0, 1), for the small differences in how long things take; `Math.random` unless said. */
  readonly random?: () => number;
  readonly log: DeskLog;
  /**
   * Access token of an embedded desk: only who sends it (`Authorization: Bearer`) gets in, as the desk's owner. Without
   * it anybody on this computer can sign in by `POST /v1/sessions`.
   */
  readonly token?: string;
  /** Who the owner is; they can also say so by `POST /v1/sessions`. */
  readonly owner?: Persona;
  /** Somebody else keeps the identity of the people: they get in by the issuer's access tokens, and only by them. */
  readonly issuer?: IssuerOptions;
  /** IANA zone of the agreement's hours; this computer's unless said. */
  readonly timeZone?: string;
}

/** A practice desk that is running. */
export interface PracticeDesk {
  /** E.g. `http://127.0.0.1:49152`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pace: Pace;
  /** Where data that could not be read was moved; `null`: all was well. */
  readonly movedAside: string | null;
  agreement(): Agreement;
  /** Announces an outage, or ends those that go on. */
  setOutage(isOn: boolean): Promise<void>;
  /** Replaces some fields of the agreement; who follows the desk hears of it at once. */
  changeAgreement(change: Partial<Agreement>): Promise<void>;
  /** Ends connections, finishes what is being stored, and closes the data. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const SWEEP_EVERY_MS = 60 * 60 * 1000;
const NOBODY: Persona = { name: '', email: '', phone: '' };

/**
 * Starts the practice desk: a real service board over HTTP (DESIGN: the Board API), with staff who work by themselves.
 * @throws DataInUse, TypeError for an issuer without TLS, and the system's errors for a port or folder that cannot be used
 */
export async function createPracticeDesk(options: PracticeDeskOptions): Promise<PracticeDesk> {
  const { dataDir, clock, log } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(dataDir);
  try {
    const store = await openStore(dataDir, { clock, log });
    try {
      return await startDesk(options, store, () => lock.release());
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startDesk(
  options: PracticeDeskOptions,
  store: Store,
  unlock: () => Promise<void>,
): Promise<PracticeDesk> {
  const { clock, log, pace, random = Math.random, host = LOOPBACK } = options;
  const timeZone = options.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const words = createWords();
  const problem = createProblems(words.t);
  const faults = createFaults();

  const blobs = await openBlobs(path.join(options.dataDir, 'files'));
  const attachments = createAttachments({ store, blobs, clock });
  const people = await openPeople({
    store,
    clock,
    accessToken: options.token ?? null,
    owner: options.owner ?? NOBODY,
    issuer: options.issuer ? await openIssuer(options.issuer, options) : null,
  });
  const board = createBoard({ store, clock, pace, random, words, timeZone });
  const stage = createStage({ store, board, blobs, words });
  const controls = createControls({ store, board, words, clock });
  const streams = createEventStreams({ events: createEvents(store), clock });
  const scheduler = createScheduler({ store, stage, clock, log });

  const handlers = {
    ...boardRoutes({ board, people, issuer: options.issuer ?? null, problem, words }),
    ...ticketRoutes({ board, problem, words }),
    ...fileRoutes({ attachments, problem, words }),
    ...streams.handlers,
    ...practiceRoutes({ stage, controls, faults, problem, words }),
  };
  let port = options.port;
  const app = createApp({ handlers, people, faults, problem, pace, clock, log, host, port: () => port });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  port = await listen(server, options.port, host);

  await attachments.sweep();
  const stopSweeping = every(SWEEP_EVERY_MS, clock, () => {
    attachments.sweep().catch((error: unknown) => log.error('practice-desk.sweep', error));
  });
  if (pace !== 'manual') await scheduler.start();
  log.info('practice-desk.started', { port, pace });

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    pace,
    movedAside: store.movedAside,
    agreement: board.agreement,
    setOutage: (isOn) => controls.setOutage(isOn),
    async changeAgreement(change) {
      await controls.changeAgreement(change);
    },
    async close() {
      stopSweeping();
      streams.close();
      await closeServer(server);
      await scheduler.stop();
      await store.close();
      await unlock();
      log.info('practice-desk.closed');
    },
  };
}

/** Loaded only where there is an issuer. */
async function openIssuer({ issuer, audience }: IssuerOptions, { clock, log }: PracticeDeskOptions) {
  const { createTokenVerifier } = await import('./identity/verifier');
  return { name: issuer, verifier: await createTokenVerifier({ issuer, audience, clock, log }) };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Takes no new requests, lets those under way finish for a moment, then cuts what is left. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const CLOSING_MS = 500;

function every(ms: number, clock: DeskClock, work: () => void): () => void {
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = clock.after(ms, () => {
      work();
      again();
    });
  };
  again();
  return () => cancel();
}
