import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWaysTo, parseWays } from '../../../src-main/desk/ways';
import { createManualClock } from '../../support/manual-clock';
import { quietLog } from '../../support/quiet-log';

const shown = (list: string) => parseWays(list).map((way) => way?.href ?? 'straight');

describe('the ways to a server', () => {
  it.each([
    ['DIRECT', ['straight']],
    ['', ['straight']],
    ['PROXY proxy.company.example:8080', ['http://proxy.company.example:8080/']],
    ['HTTPS proxy.company.example:443; DIRECT', ['https://proxy.company.example/', 'straight']],
    [
      'proxy a:1;  PROXY [2001:db8::1]:3128 ;direct',
      ['http://a:1/', 'http://[2001:db8::1]:3128/', 'straight'],
    ],
    ['SOCKS5 old:1080; PROXY new:8080', ['http://new:8080/']],
    ['SOCKS5 old:1080', ['straight']],
    ['PROXY', ['straight']],
    ['PROXY a b c; nonsense', ['http://a/']],
  ])('of "%s" are %j', (list, ways) => expect(shown(list)).toEqual(ways));

  it('are never none, and never lead over anything but HTTP, whatever a script says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (list) => {
        const ways = parseWays(list);
        expect(ways.length).toBeGreaterThan(0);
        for (const way of ways) expect(way === null || /^https?:$/.test(way.protocol)).toBe(true);
      }),
    );
  });

  it('are asked for every time, but not for what is on this computer', async () => {
    const asked: string[] = [];
    const waysTo = createWaysTo({
      resolveProxy: async (address) => `PROXY p${asked.push(address)}:80`,
      clock: createManualClock(),
      log: quietLog(),
    });
    const desk = new URL('https://desk.example/rt');
    expect((await waysTo(desk)).map(String)).toEqual(['http://p1/']);
    expect((await waysTo(desk)).map(String)).toEqual(['http://p2/']);
    expect(await waysTo(new URL('http://127.0.0.1:4180'))).toEqual([null]);
    expect(asked).toEqual(['https://desk.example/rt', 'https://desk.example/rt']);
  });

  it('are straight while the system cannot say', async () => {
    const clock = createManualClock();
    const log = quietLog();
    const broken = createWaysTo({
      resolveProxy: async () => {
        throw new Error('no');
      },
      clock,
      log,
    });
    expect(await broken(new URL('https://desk.example'))).toEqual([null]);
    expect(log.events).toEqual(['ways.unknown']);
    const slow = createWaysTo({ resolveProxy: () => new Promise(() => undefined), clock, log });
    const ways = slow(new URL('https://desk.example'));
    await clock.pass(5_000);
    expect(await ways).toEqual([null]);
  });
});
