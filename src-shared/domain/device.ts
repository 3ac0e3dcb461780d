import * as z from 'zod';
import { MAX_LINE_LENGTH } from './primitives';

/** What Deskbell can tell about this computer, in the order in which it is shown. Each can be left out by itself. */
export const DEVICE_KEYS = [
  'hostName',
  'user',
  'os',
  'uptime',
  'memory',
  'disk',
  'network',
  'wifi',
  'vpn',
  'gateway',
  'dns',
  'internet',
  'battery',
  'timeZone',
  'clock',
] as const;
const DeviceKeySchema = z.enum(DEVICE_KEYS);
/** One thing Deskbell can tell about this computer. */
export type DeviceKey = (typeof DEVICE_KEYS)[number];

/** One line about the computer as the user saw it before sending, word for word. */
export const DeviceLineSchema = z.object({ key: DeviceKeySchema, value: z.string().max(MAX_LINE_LENGTH) });
/** One line about the computer as the user saw it. */
export type DeviceLine = z.infer<typeof DeviceLineSchema>;

/** How a network adapter that is up reaches the network. */
export const ADAPTER_KINDS = ['wired', 'wifi', 'other'] as const;

const text = () => z.string().max(200);
const bytes = () => z.number().nonnegative();
const percent = () => z.number().min(0).max(100);

/** What a probe found out. Bytes, seconds and milliseconds are plain numbers. */
export const DeviceFactSchema = z.discriminatedUnion('key', [
  z.object({ key: z.literal('hostName'), name: text() }),
  z.object({ key: z.literal('user'), name: text() }),
  z.object({ key: z.literal('os'), name: text(), version: text() }),
  z.object({ key: z.literal('uptime'), seconds: z.number().nonnegative() }),
  z.object({ key: z.literal('memory'), total: bytes(), available: bytes() }),
  /** The disk that holds the user's own files. */
  z.object({ key: z.literal('disk'), total: bytes(), free: bytes() }),
  /** Adapters that are up, the one in use first; empty: none. */
  z.object({
    key: z.literal('network'),
    adapters: z.array(z.object({ name: text(), kind: z.enum(ADAPTER_KINDS) })),
  }),
  z.object({ key: z.literal('wifi'), percent: percent() }),
  /** Tunnels that are up; empty: none seen. */
  z.object({ key: z.literal('vpn'), names: z.array(text()) }),
  z.object({ key: z.literal('gateway'), address: text().nullable() }),
  /** `findsDesk`: whether they know the desk's name; `null` where it needs none. */
  z.object({ key: z.literal('dns'), servers: z.array(text()), findsDesk: z.boolean().nullable() }),
  /** Whether the system has a connection, and whether the desk answers; `local`: the desk is on this computer. */
  z.object({ key: z.literal('internet'), online: z.boolean(), desk: z.enum(['answers', 'silent', 'local']) }),
  z.object({ key: z.literal('battery'), percent: percent(), charging: z.boolean() }),
  /** `offset`: minutes ahead of UTC now. */
  z.object({ key: z.literal('timeZone'), zone: text(), offset: z.number() }),
  /** `ahead`: how far this clock is ahead of the board's, in ms; `accuracy`: how exactly that is known, in ms. */
  z.object({ key: z.literal('clock'), ahead: z.number(), accuracy: z.number().nonnegative() }),
]);
/** What a probe found out. */
export type DeviceFact = z.infer<typeof DeviceFactSchema>;

/** What became of a probe. `silent`: no answer in its time. What this computer has not (a battery) is left out. */
export const DeviceReadingSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('known'), fact: DeviceFactSchema }),
  z.object({ state: z.literal('silent'), key: DeviceKeySchema }),
]);
/** What became of a probe. */
export type DeviceReading = z.infer<typeof DeviceReadingSchema>;

/** The readings of one look at this computer, in the order of {@link DEVICE_KEYS}. */
export const DeviceReportSchema = z.object({ readings: z.array(DeviceReadingSchema) });
/** The readings of one look at this computer. */
export type DeviceReport = z.infer<typeof DeviceReportSchema>;

/**
 * Whether facts about this computer go along with tickets, and which do not. Until the user has said so, none does
 * (DOMAIN: nothing is sent that the user has not seen).
 */
export const DeviceChoiceSchema = z.object({
  consent: z.enum(['ask', 'yes', 'no']).catch('ask'),
  /** Left out by the user; kept for the next ticket. */
  without: z.array(DeviceKeySchema).catch([]),
});
/** Whether facts about this computer go along, and which do not. */
export type DeviceChoice = z.infer<typeof DeviceChoiceSchema>;

/** The choice of a first start: asks. */
export const firstDeviceChoice = (): DeviceChoice => ({ consent: 'ask', without: [] });

/** Whether a line goes along. */
export const goesAlong = (choice: DeviceChoice, key: DeviceKey): boolean =>
  choice.consent === 'yes' && !choice.without.includes(key);

/**
 * The choice after one line was put in or left out. Putting one in says yes to that line only, where nothing went
 * along before; leaving out the last one says no.
 */
export function withLine(choice: DeviceChoice, key: DeviceKey, goes: boolean): DeviceChoice {
  const before = DEVICE_KEYS.filter((one) => goesAlong(choice, one));
  const after = goes ? [...before, key] : before.filter((one) => one !== key);
  if (after.length === 0) return { consent: 'no', without: choice.without };
  return { consent: 'yes', without: DEVICE_KEYS.filter((one) => !after.includes(one)) };
}

/** The choice after the switch for everything was turned. Lines left out before stay out, unless all were. */
export function withAll({ without }: DeviceChoice, goes: boolean): DeviceChoice {
  if (!goes) return { consent: 'no', without };
  return { consent: 'yes', without: DEVICE_KEYS.every((key) => without.includes(key)) ? [] : without };
}

/** A clock is right if it is as near to the board's as a person would notice, in ms (the board tells whole seconds). */
const RIGHT_WITHIN_MS = 2_000;

/** How far the clock is off for sure, in whole seconds, positive when ahead; 0 when it is right. */
export function clockError({
  ahead,
  accuracy,
}: {
  readonly ahead: number;
  readonly accuracy: number;
}): number {
  const error = Math.max(Math.abs(ahead) - accuracy, 0);
  return error < RIGHT_WITHIN_MS ? 0 : Math.sign(ahead) * Math.round(Math.abs(ahead) / 1000);
}
