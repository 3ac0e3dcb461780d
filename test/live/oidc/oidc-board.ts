/** A practice desk whose people sign in at a real provider. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createClock } from '../../../src-main/platform/clock';
import { createPracticeDesk, type PracticeDesk } from '../../../src-main/practice-desk/practice-desk';
import { quietLog } from '../../support/quiet-log';
import { startProvider, type ProviderOptions, type TestProvider } from './provider';

/** A desk and its provider. */
export interface OidcBoard {
  readonly provider: TestProvider;
  readonly desk: PracticeDesk;
  /** The desk goes away for good; its provider stays. */
  closeDesk(): Promise<void>;
  /** How often every write was carried out, by ref. */
  writes(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** Starts both. `wants`: whom the desk wants JWTs to be for, where it is somebody else than the provider makes them for. */
export async function startOidcBoard(
  options: ProviderOptions & { readonly wants?: string } = {},
): Promise<OidcBoard> {
  const provider = await startProvider(options);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'deskbell-oidc-desk-'));
  const { issuer, clientId, audience, scopes } = provider;
  const desk = await createPracticeDesk({
    dataDir,
    port: 0,
    pace: 'manual',
    clock: createClock(),
    log: quietLog(),
    issuer: { issuer, clientId, audience: options.wants ?? audience, scopes, prompt: 'consent' },
  });
  let isOpen = true;
  const closeDesk = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await desk.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return {
    provider,
    desk,
    closeDesk,
    async writes() {
      const answer = await fetch(`${desk.url}/practice/writes`);
      return ((await answer.json()) as { writes: Record<string, number> }).writes;
    },
    async close() {
      await closeDesk();
      await provider.stop();
    },
  };
}
