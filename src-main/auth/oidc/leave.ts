import type { BrowserWay } from './provider';
import type { ProviderTools } from './provider-fetch';
import type { Tokens } from './tokens';

/** How long signing out waits for the provider, in ms: what it does not take back in time ends by itself. */
const PATIENCE_MS = 8_000;

/**
 * Takes tokens back at the provider. Resolves with the page that signs out there, where it has one; `null` also when the
 * provider cannot be reached. Never rejects: signing out here does not depend on it.
 */
export async function leaveProvider(
  way: BrowserWay,
  tokens: Tokens,
  tools: ProviderTools,
): Promise<URL | null> {
  const limit = new AbortController();
  const cancel = tools.clock.after(PATIENCE_MS, () => limit.abort());
  try {
    const { openProvider } = await import('./provider');
    const provider = await openProvider(way, tools, 'session', limit.signal);
    const page = provider.logoutUrl(tokens);
    await provider.revoke(tokens).catch((error: unknown) => tools.log.error('session.revoke', error));
    return page;
  } catch (error) {
    tools.log.error('session.leave', error);
    return null;
  } finally {
    cancel();
  }
}
