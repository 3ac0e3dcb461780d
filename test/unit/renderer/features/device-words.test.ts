import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEVICE_KEYS, DeviceLineSchema, type DeviceFact, type DeviceReport } from '@shared/domain/device';
import { createTranslator } from '@shared/locales';
import { deviceLines, shortFacts } from '../../../../src-renderer/features/new-ticket/device-words';

const words = { t: createTranslator('en').getFixedT('en', 'device'), locale: 'en' };
const GIB = 1024 ** 3;

const facts: readonly DeviceFact[] = [
  { key: 'hostName', name: 'PC-0412' },
  { key: 'user', name: 'priya' },
  { key: 'os', name: 'Windows 11', version: '24H2' },
  { key: 'uptime', seconds: 23 * 86_400 + 5 },
  { key: 'memory', total: 16 * GIB, available: 7.2 * GIB },
  { key: 'disk', total: 512e9, free: 312e9 },
  { key: 'network', adapters: [{ name: 'WLAN', kind: 'wifi' }] },
  { key: 'wifi', percent: 71.4 },
  { key: 'vpn', names: ['tun0'] },
  { key: 'gateway', address: null },
  { key: 'dns', servers: ['10.0.0.1', '10.0.0.2'], findsDesk: true },
  { key: 'internet', online: true, desk: 'answers' },
  { key: 'battery', percent: 61, charging: false },
  { key: 'timeZone', zone: 'Asia/Kolkata', offset: 330 },
  { key: 'clock', ahead: 184_000, accuracy: 600 },
];
const report: DeviceReport = { readings: facts.map((fact) => ({ state: 'known', fact })) };
const valueOf = (fact: DeviceFact) => deviceLines({ readings: [{ state: 'known', fact }] }, words)[0]?.value;

describe('a line about the computer', () => {
  it('says each fact in words', () => {
    expect(deviceLines(report, words).map(({ value }) => value.replaceAll('\u00a0', ' '))).toEqual([
      'PC-0412',
      'priya',
      'Windows 11 24H2',
      '23 days',
      '7.2 of 16 GB free',
      '312 GB of 512 GB free (61 %)',
      'Wi-Fi (WLAN)',
      '71 %',
      'Up (tun0)',
      'None',
      '10.0.0.1, 10.0.0.2, find the service desk',
      'Service desk answers',
      '61 %, not charging',
      'Asia/Kolkata (UTC+05:30)',
      '3 minutes ahead',
    ]);
  });

  it('says what is not there, and what did not answer', () => {
    expect(valueOf({ key: 'network', adapters: [] })).toBe('No adapter is connected');
    expect(valueOf({ key: 'vpn', names: [] })).toBe('None is up');
    expect(valueOf({ key: 'clock', ahead: -700, accuracy: 600 })).toBe('Right');
    expect(valueOf({ key: 'clock', ahead: -7_200_000, accuracy: 600 })).toBe('2 hours behind');
    expect(valueOf({ key: 'timeZone', zone: 'America/St_Johns', offset: -150 })).toBe(
      'America/St_Johns (UTC-02:30)',
    );
    expect(deviceLines({ readings: [{ state: 'silent', key: 'dns' }] }, words)).toEqual([
      { key: 'dns', value: 'Did not answer in time' },
    ]);
  });

  it('always fits what can be sent, however long a name is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (name, version) => {
        const names = Array.from({ length: 5 }, () => name);
        const long: DeviceFact[] = [
          { key: 'os', name, version },
          { key: 'vpn', names },
          { key: 'network', adapters: names.map((one) => ({ name: one, kind: 'other' })) },
        ];
        for (const line of deviceLines({ readings: long.map((fact) => ({ state: 'known', fact })) }, words)) {
          expect(DeviceLineSchema.safeParse(line).success).toBe(true);
        }
      }),
    );
  });
});

describe('the short facts', () => {
  it('tell which computer, how it is connected and what is left', () => {
    const short = shortFacts(report, () => true, words);
    expect(short.lines.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      'PC-0412 · Windows 11 24H2',
      'Wi-Fi, VPN up, service desk answers',
      'Disk 61 % free · memory 7.2 of 16 GB',
    ]);
    expect(short.more).toBe(facts.length - 7);
  });

  it('never tell what stays here, and count every line that goes along', () => {
    fc.assert(
      fc.property(fc.subarray([...DEVICE_KEYS]), (keys) => {
        const { lines, more } = shortFacts(report, (key) => keys.includes(key), words);
        const text = lines.join('\n');
        const telling = {
          hostName: 'PC-0412',
          os: '24H2',
          disk: '61',
          memory: '7.2',
          vpn: 'VPN',
          network: 'Wi-Fi',
        };
        for (const [key, part] of Object.entries(telling)) {
          expect(text.includes(part)).toBe(keys.includes(key as keyof typeof telling));
        }
        expect(more).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(keys.length);
        expect(text).not.toContain('priya');
      }),
    );
  });
});
