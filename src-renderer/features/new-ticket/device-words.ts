import type { DeviceFact, DeviceKey, DeviceLine, DeviceReading, DeviceReport } from '@shared/domain/device';
import { clockError } from '@shared/domain/device';
import { MAX_LINE_LENGTH } from '@shared/domain/primitives';
import { assertNever } from '@shared/domain/result';
import { durationOf } from '@shared/domain/time-words';
import type { TranslateOf } from '@shared/locales';
import { formatBytes } from '../../ui/format';

/** Words and numbers of the user's language. */
export interface DeviceWords {
  readonly t: TranslateOf<'device'>;
  readonly locale: string;
}

/** The whole report as lines, word for word as they are shown and sent. */
export const deviceLines = ({ readings }: DeviceReport, words: DeviceWords): DeviceLine[] =>
  readings.map((reading) => ({
    key: keyOf(reading),
    value: lineOf(reading, words).slice(0, MAX_LINE_LENGTH),
  }));

const keyOf = (reading: DeviceReading): DeviceKey =>
  reading.state === 'known' ? reading.fact.key : reading.key;

const lineOf = (reading: DeviceReading, words: DeviceWords): string =>
  reading.state === 'known' ? valueOf(reading.fact, words) : words.t('value.silent');

function valueOf(fact: DeviceFact, words: DeviceWords): string {
  const { t, locale } = words;
  switch (fact.key) {
    case 'hostName':
    case 'user':
      return fact.name;
    case 'os':
      return `${fact.name} ${fact.version}`.trim();
    case 'uptime':
      return durationOf(fact.seconds, locale);
    case 'memory':
      return t('value.memory', memoryOf(fact, locale));
    case 'disk':
      return t('value.disk', {
        free: formatBytes(fact.free, locale),
        total: formatBytes(fact.total, locale),
        percent: freePercent(fact),
      });
    case 'network':
      if (fact.adapters.length === 0) return t('value.network.none');
      return fact.adapters.map(({ kind, name }) => t(`value.network.${kind}`, { name })).join(', ');
    case 'wifi':
      return t('value.percent', { percent: Math.round(fact.percent) });
    case 'vpn':
      return fact.names.length === 0
        ? t('value.vpn.none')
        : t('value.vpn.up', { names: fact.names.join(', ') });
    case 'gateway':
      return fact.address ?? t('value.gateway.none');
    case 'dns':
      return dnsValue(fact, words);
    case 'internet':
      return t(`value.internet.${linkOf(fact)}`);
    case 'battery':
      return t(`value.battery.${fact.charging ? 'charging' : 'draining'}`, {
        percent: Math.round(fact.percent),
      });
    case 'timeZone':
      return `${fact.zone} (${utcOffset(fact.offset)})`;
    case 'clock': {
      const error = clockError(fact);
      if (error === 0) return t('value.clock.right');
      const by = durationOf(Math.abs(error), locale);
      return t(error > 0 ? 'value.clock.ahead' : 'value.clock.behind', { by });
    }
    default:
      return assertNever(fact);
  }
}

function dnsValue({ servers, findsDesk }: FactOf<'dns'>, { t }: DeviceWords): string {
  if (servers.length === 0) return t('value.dns.none');
  const list = servers.join(', ');
  return findsDesk === null ? list : t(findsDesk ? 'value.dns.finds' : 'value.dns.misses', { servers: list });
}

/** What is known best: the desk's own answer, else what the system says. */
function linkOf({ online, desk }: FactOf<'internet'>): 'answers' | 'silent' | 'online' | 'offline' {
  if (desk !== 'local') return desk;
  return online ? 'online' : 'offline';
}

/**
 * The most telling lines in few words, for the card: which computer, how it is connected, what is left. Only of what
 * goes along; how many lines are not among them.
 */
export function shortFacts(
  report: DeviceReport,
  goes: (key: DeviceKey) => boolean,
  { t, locale }: DeviceWords,
): { readonly lines: readonly string[]; readonly more: number } {
  const told = new Set<DeviceKey>();
  const known = <Key extends DeviceKey>(key: Key): FactOf<Key> | null => {
    const fact = report.readings.find((one) => one.state === 'known' && one.fact.key === key && goes(key));
    if (fact?.state !== 'known') return null;
    told.add(key);
    return fact.fact as FactOf<Key>;
  };
  const host = known('hostName');
  const os = known('os');
  const network = known('network');
  const vpn = known('vpn');
  const internet = known('internet');
  const disk = known('disk');
  const memory = known('memory');
  const adapter = network && (network.adapters[0]?.kind ?? 'offline');
  const link = internet && internet.desk !== 'local' ? t(`short.${internet.desk}`) : null;
  const lines = [
    [host?.name, os && `${os.name} ${os.version}`.trim()],
    [
      [adapter && t(`short.${adapter}`), vpn && vpn.names.length > 0 && t('short.vpn'), link]
        .filter(Boolean)
        .join(', '),
    ],
    [
      disk && t('short.disk', { percent: freePercent(disk) }),
      memory && t(disk ? 'short.memory' : 'short.memoryOnly', memoryOf(memory, locale)),
    ],
  ].map((parts) => parts.filter(Boolean).join(' · '));
  const going = report.readings.filter((reading) => goes(keyOf(reading))).length;
  return { lines: lines.filter((line) => line !== ''), more: going - told.size };
}

type FactOf<Key extends DeviceKey> = Extract<DeviceFact, { key: Key }>;

const freePercent = ({ free, total }: FactOf<'disk'>): number =>
  total === 0 ? 0 : Math.round((free / total) * 100);

/** Memory is counted in units of 1024, as every system shows it. */
function memoryOf(
  { available, total }: FactOf<'memory'>,
  locale: string,
): { available: string; total: string } {
  const gigabytes = (bytes: number, style: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: bytes < 10 * GIB ? 1 : 0, ...style }).format(
      bytes / GIB,
    );
  return {
    available: gigabytes(available, {}),
    total: gigabytes(total, { style: 'unit', unit: 'gigabyte' }),
  };
}

const GIB = 1024 ** 3;

/** "UTC+05:30". */
function utcOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
