import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { adaptersUp, vpnNames, type Interfaces } from '../../../src-main/device/facts/adapters';
import { createDeviceFacts, type Probe } from '../../../src-main/device/facts/collect';
import { deviceProbes, type ProbeDeps } from '../../../src-main/device/facts/probes';
import { DeviceReportSchema } from '@shared/domain/device';
import { quietLog } from '../../support/quiet-log';

const host: Probe = { key: 'hostName', run: async () => ({ key: 'hostName', name: 'PC-0412' }) };
const never = (key: Probe['key']): Probe => ({ key, run: () => new Promise(() => undefined) });

describe('a look at the computer', () => {
  it('takes no longer than the patience with one probe, and says what did not answer', async () => {
    const log = quietLog();
    const probes = [
      never('os'),
      host,
      never('dns'),
      never('wifi'),
      { key: 'disk', run: () => Promise.reject(new Error('x')) } as const,
    ];
    const from = performance.now();
    const report = await createDeviceFacts({ probes, patience: 60, log })();
    expect(performance.now() - from).toBeLessThan(1_000);
    expect(report.readings).toEqual([
      { state: 'silent', key: 'os' },
      { state: 'known', fact: { key: 'hostName', name: 'PC-0412' } },
      { state: 'silent', key: 'dns' },
      { state: 'silent', key: 'wifi' },
      { state: 'silent', key: 'disk' },
    ]);
  });

  it('leaves out what the computer has not, and logs nothing that it found', async () => {
    const log = quietLog();
    const said: unknown[] = [];
    const probes = [host, { key: 'battery', run: async () => null } as const, never('user')];
    await createDeviceFacts({
      probes,
      patience: 20,
      log: { ...log, warn: (event, fields) => void said.push(event, fields) },
    })().then(({ readings }) => expect(readings.map(({ state }) => state)).toEqual(['known', 'silent']));
    expect(said).toEqual(['device.silent', { kind: 'user' }]);
  });

  it('is shared by those who ask at the same time, and done anew afterwards', async () => {
    let runs = 0;
    const counted: Probe = { key: 'uptime', run: async () => ({ key: 'uptime', seconds: (runs += 1) }) };
    const look = createDeviceFacts({ probes: [counted], patience: 100, log: quietLog() });
    const [one, other] = await Promise.all([look(), look()]);
    expect(one).toBe(other);
    await look();
    expect(runs).toBe(2);
  });
});

/** A system that answers with what tests need. */
const system = (more: object = {}): ProbeDeps['system'] =>
  (async () => ({
    osInfo: async () => ({ distro: 'Microsoft Windows 11 Pro', release: '10.0.26100', build: '26100' }),
    mem: async () => ({ total: 16 * 1024 ** 3, available: 7 * 1024 ** 3 }),
    networkInterfaces: async () => [],
    networkGatewayDefault: async () => '192.168.1.1',
    wifiConnections: async () => [{ ssid: 'Secret café', quality: 71 }],
    battery: async () => ({ hasBattery: true, percent: 61, isCharging: false }),
    ...more,
  })) as unknown as ProbeDeps['system'];

const probes = (more: Partial<ProbeDeps> = {}) =>
  createDeviceFacts({
    probes: deviceProbes({
      system: system(),
      deskHost: () => null,
      askDesk: async () => null,
      isOnline: () => true,
      uptime: () => 23 * 86_400,
      ...more,
    }),
    patience: 1_000,
    log: quietLog(),
  })();

describe('the probes', () => {
  it('fit the contract, and the name of the Wi-Fi is never among what they tell', async () => {
    const report = DeviceReportSchema.parse(await probes());
    expect(JSON.stringify(report)).not.toContain('Secret');
    const facts = report.readings.flatMap((reading) => (reading.state === 'known' ? [reading.fact] : []));
    expect(facts).toContainEqual({ key: 'wifi', percent: 71 });
    expect(facts).toContainEqual({ key: 'gateway', address: '192.168.1.1' });
    expect(facts).toContainEqual({ key: 'uptime', seconds: 23 * 86_400 });
    expect(facts).toContainEqual({ key: 'internet', online: true, desk: 'local' });
  });

  it('a library that cannot be loaded leaves what Node knows', async () => {
    const { readings } = await probes({ system: () => Promise.reject(new Error('missing')) });
    const silent = readings.flatMap((reading) => (reading.state === 'silent' ? [reading.key] : []));
    expect(silent).toEqual(expect.arrayContaining(['os', 'memory', 'battery']));
    expect(readings.some((reading) => reading.state === 'known' && reading.fact.key === 'hostName')).toBe(
      true,
    );
    expect(readings.some((reading) => reading.state === 'known' && reading.fact.key === 'network')).toBe(
      true,
    );
  });

  it('ask the desk once, and compare its time with this clock, allowing for the way', async () => {
    let asked = 0;
    const at = new Date('2026-03-02T09:03:00.200Z');
    const { readings } = await probes({
      askDesk: async () => ({
        date: new Date('2026-03-02T09:00:00.000Z'),
        took: 400,
        at: (asked += 1) ? at : at,
      }),
      deskHost: () => 'localhost',
    });
    expect(asked).toBe(1);
    const facts = readings.flatMap((reading) => (reading.state === 'known' ? [reading.fact] : []));
    expect(facts).toContainEqual({ key: 'clock', ahead: 179_500, accuracy: 700 });
    expect(facts).toContainEqual({ key: 'internet', online: true, desk: 'answers' });
  });

  it('say so when the desk is silent', async () => {
    const { readings } = await probes({ deskHost: () => 'localhost', isOnline: () => false });
    expect(readings).toContainEqual({ state: 'silent', key: 'clock' });
    expect(readings).toContainEqual({
      state: 'known',
      fact: { key: 'internet', online: false, desk: 'silent' },
    });
  });
});

const address = (text: string): NetworkInterfaceInfo =>
  ({
    address: text,
    family: text.includes(':') ? 'IPv6' : 'IPv4',
    internal: text.startsWith('127.'),
  }) as NetworkInterfaceInfo;
const interfaces = (all: Record<string, string[]>): Interfaces =>
  Object.fromEntries(Object.entries(all).map(([name, list]) => [name, list.map(address)]));

describe('network adapters', () => {
  it('of Linux', () => {
    const all = interfaces({
      lo: ['127.0.0.1'],
      wlp3s0: ['192.168.1.4'],
      enp0s1: ['10.0.0.4'],
      docker0: ['172.17.0.1'],
      tun0: ['10.8.0.2'],
    });
    expect(adaptersUp(all, new Map(), 'enp0s1')).toEqual([
      { name: 'enp0s1', kind: 'wired' },
      { name: 'wlp3s0', kind: 'wifi' },
    ]);
    expect(vpnNames(all)).toEqual(['tun0']);
  });

  it('of Windows, in the user’s language', () => {
    const all = interfaces({
      WLAN: ['192.168.1.4'],
      'Ethernet 2': ['169.254.3.4'],
      'vEthernet (WSL)': ['172.20.0.1'],
      'Cisco AnyConnect': ['10.1.1.1'],
    });
    expect(adaptersUp(all, new Map(), null)).toEqual([{ name: 'WLAN', kind: 'wifi' }]);
    expect(vpnNames(all)).toEqual(['Cisco AnyConnect']);
  });

  it('of macOS, whose own tunnels are no VPN', () => {
    const own = interfaces({
      en0: ['192.168.1.4'],
      utun0: ['fe80::1'],
      utun1: ['fd00::2'],
      awdl0: ['fe80::2'],
    });
    expect(vpnNames(own)).toEqual([]);
    expect(vpnNames({ ...own, ...interfaces({ utun4: ['10.9.0.2'] }) })).toEqual(['utun4']);
    expect(adaptersUp(own, new Map([['en0', 'wifi']]), 'en0')).toEqual([{ name: 'en0', kind: 'wifi' }]);
  });
});
