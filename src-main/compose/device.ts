import type { DeviceReport } from '@shared/domain/device';
import { isLoopback } from '../desk/base-url';
import type { BoardTools } from '../desk/board-type';
import { createHttp, type Http } from '../desk/http';
import { createDeviceFacts } from '../device/facts/collect';
import { deviceProbes, type DeskAnswer, type ProbeDeps } from '../device/facts/probes';
import type { NetworkState } from '../platform/types';
import type { Core } from './core.types';

/** What looking at this computer needs of the rest. */
export interface DeviceParts {
  readonly core: Core;
  /** Where the board of the account is; `null` for one without a web address. */
  readonly deskUrl: string | null;
  readonly tools: BoardTools;
  readonly network: NetworkState;
  readonly uptime: () => number;
}

/** Looks at this computer when asked. */
export interface Device {
  collect(): Promise<DeviceReport>;
  close(): void;
}

/** How long a probe may take, in ms: together they stay under the 2 s that a look may take. */
const PATIENCE_MS = 1_700;
const DESK_MS = 1_600;

/** Everything behind the facts about this computer; loaded with the first look. */
export function composeDevice({ core, deskUrl, tools, network, uptime }: DeviceParts): Device {
  const { clock, log } = core;
  const { userAgent, ca, waysTo } = tools;
  const baseUrl = deskUrl === null ? null : new URL(deskUrl);
  const http =
    baseUrl &&
    createHttp({
      baseUrl,
      clock,
      userAgent,
      ca,
      waysTo,
      timeouts: { connect: DESK_MS, silence: DESK_MS, overall: DESK_MS },
    });
  const collect = createDeviceFacts({
    probes: deviceProbes({
      system: loadSystem,
      deskHost: () => (baseUrl === null || isLoopback(baseUrl) ? null : baseUrl.hostname),
      askDesk: async () => (http ? askDesk(http) : null),
      isOnline: () => network.isOnline(),
      uptime,
    }),
    patience: PATIENCE_MS,
    log,
  });
  return { collect, close: () => http?.close() };
}

const loadSystem: ProbeDeps['system'] = async () => (await import('systeminformation')).default;

/** Asks the desk for a sign of life and its time, without a session. Whatever it answers, it answered. */
async function askDesk(http: Http): Promise<DeskAnswer | null> {
  // Not Deskbell's clock: the machine's own is what is compared.
  const from = Date.now();
  const exchange = await http.send({ method: 'GET', path: '/v1/board', maxBytes: 1024 * 1024 });
  if (exchange.kind !== 'answer') return null;
  const at = new Date();
  const date = new Date(exchange.headers['date'] ?? '');
  return {
    date: Number.isNaN(date.getTime()) ? null : date,
    took: Math.max(at.getTime() - from, 0),
    at,
  };
}
