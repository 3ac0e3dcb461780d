import * as z from 'zod';
import { BoardTargetSchema, LogoSchema } from '@shared/domain/board';
import type { BoardTools } from './board-type';
import { createHttp } from './http';

/** Where a provider or company names its service desk. */
export const WELL_KNOWN_PATH = '/.well-known/deskbell';

/** `/.well-known/deskbell`: which boards a domain's people file their tickets at. Public; no secret belongs in it. */
export const WellKnownSchema = z.object({
  version: z.literal(1),
  /** How the desk calls itself. */
  name: z.string().trim().min(1).max(200),
  logo: LogoSchema.nullable().default(null),
  /** In the order in which they are offered. */
  boards: z.array(BoardTargetSchema).min(1).max(5),
});
/** What a domain says of its service desk. */
export type WellKnown = z.infer<typeof WellKnownSchema>;

const MAX_BYTES = 512 * 1024;
const TIMEOUTS = { connect: 8_000, silence: 8_000, overall: 15_000 };

/** Reads what a domain says of its service desk; `null` when it says nothing that can be understood. */
export async function readWellKnown(
  place: URL,
  { clock, userAgent, ca, waysTo }: BoardTools,
  signal?: AbortSignal,
): Promise<WellKnown | null> {
  const http = createHttp({
    baseUrl: new URL(place.origin),
    clock,
    userAgent,
    timeouts: TIMEOUTS,
    ca,
    waysTo,
  });
  const exchange = await http.send({
    method: 'GET',
    path: WELL_KNOWN_PATH,
    headers: { Accept: 'application/json' },
    maxBytes: MAX_BYTES,
    ...(signal && { signal }),
  });
  http.close();
  if (exchange.kind !== 'answer' || exchange.status !== 200) return null;
  try {
    const parsed = WellKnownSchema.safeParse(JSON.parse(new TextDecoder().decode(exchange.body)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
