import http from 'node:http';
import https from 'node:https';
import type { Way } from './ways';

/** Connections to one server, kept or used once, by the way to it. */
export interface Agents {
  of(way: Way, isFresh: boolean): Promise<http.Agent>;
  /** Ends idle connections. */
  close(): void;
}

/** Makes them as they are needed; what speaks to proxies is loaded with the first one. */
export function createAgents(secure: boolean, ca: readonly string[] | undefined): Agents {
  const made = new Map<string, Promise<http.Agent>>();

  async function make(way: Way, keepAlive: boolean): Promise<http.Agent> {
    const options = { keepAlive, scheduling: 'lifo', ...(ca && { ca: [...ca] }) } as const;
    if (way === null) return secure ? new https.Agent(options) : new http.Agent(options);
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(way, options);
  }

  return {
    of(way, isFresh) {
      const key = `${way?.href ?? ''} ${isFresh}`;
      const agent = made.get(key) ?? make(way, !isFresh);
      made.set(key, agent);
      return agent;
    },
    close: () => made.forEach((agent) => void agent.then((one) => one.destroy())),
  };
}
