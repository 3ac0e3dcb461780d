import { describe, expect, it } from 'vitest';
import { createScreenshots } from '../../../../src-main/device/screenshot/screenshots';
import type { ScreenSource } from '../../../../src-main/device/screenshot/screenshots.types';
import { createManualClock } from '../../../support/manual-clock';
import { quietLog } from '../../../support/quiet-log';

const LIT = Uint8Array.of(9, 9, 9, 255);
const BLACK = Uint8Array.of(0, 0, 0, 255);

const source = (name: string, pixels = LIT, kind: ScreenSource['kind'] = 'display'): ScreenSource => ({
  id: name,
  kind,
  name,
  pixels: () => pixels,
  png: async () => new TextEncoder().encode(`png of ${name}`),
  thumbnail: () => new Uint8Array(),
});

/** Screens, surface and window that write down what happens, in order. */
function setUp(more: {
  readonly sources?: readonly ScreenSource[] | Error | 'never';
  readonly permission?: 'granted' | 'denied' | 'asks' | 'noPortal';
  readonly picksItself?: boolean;
  readonly isInUse?: boolean;
  readonly isVisible?: boolean;
  readonly countdown?: 'over' | 'cancelled';
  readonly choose?: (sources: readonly ScreenSource[]) => ScreenSource | null;
}) {
  const done: string[] = [];
  const clock = createManualClock();
  const screenshots = createScreenshots({
    screens: {
      permission: async () => more.permission ?? 'granted',
      picksItself: more.picksItself ?? false,
      sources: async () => {
        done.push('look');
        const sources = more.sources ?? [source('Whole screen')];
        if (sources instanceof Error) throw sources;
        if (sources === 'never') return new Promise(() => undefined);
        return sources;
      },
    },
    surface: {
      countdown: async (seconds) => {
        done.push(`count ${seconds}`);
        return more.countdown ?? 'over';
      },
      choose: async (sources) => {
        done.push(`choose of ${sources.map(({ name }) => name).join(', ')}`);
        return (more.choose ?? ((all) => all[0] ?? null))(sources);
      },
      close: () => void done.push('close'),
    },
    host: {
      isVisible: () => more.isVisible ?? true,
      isInUse: () => more.isInUse ?? true,
      hide: () => void done.push('hide'),
      show: () => void done.push('show'),
      showPicture: () => void done.push('show picture'),
    },
    clock,
    log: quietLog(),
  });
  return { screenshots, done, clock };
}

describe('a picture asked for in the window', () => {
  it('comes after hiding, counting and choosing, and Deskbell is back with it', async () => {
    const { screenshots, done } = setUp({
      sources: [source('Left'), source('Right')],
      choose: (all) => all[1] ?? null,
    });
    const answer = await screenshots.fromWindow();
    expect(done).toEqual(['hide', 'count 3', 'look', 'choose of Left, Right', 'close', 'show']);
    expect(answer).toEqual({ kind: 'taken', name: 'Right', png: new TextEncoder().encode('png of Right') });
  });

  it('is refused unseen while nobody is at the window', async () => {
    const { screenshots, done } = setUp({ isInUse: false });
    expect(await screenshots.fromWindow()).toEqual({ kind: 'refused', reason: 'failed' });
    expect(done).toEqual([]);
  });

  it('is not taken at all when the countdown is cancelled', async () => {
    const { screenshots, done } = setUp({ countdown: 'cancelled' });
    expect(await screenshots.fromWindow()).toEqual({ kind: 'cancelled' });
    expect(done).not.toContain('look');
    expect(done.at(-1)).toBe('show');
  });

  it('gives nothing when nothing is chosen', async () => {
    const { screenshots } = setUp({ choose: () => null });
    expect(await screenshots.fromWindow()).toEqual({ kind: 'cancelled' });
  });

  it('offers nothing black', async () => {
    const { screenshots, done } = setUp({ sources: [source('Asleep', BLACK), source('Awake')] });
    await screenshots.fromWindow();
    expect(done).toContain('choose of Awake');
  });

  it('is taken from the desktop’s own dialog without asking again', async () => {
    const { screenshots, done } = setUp({ picksItself: true, sources: [source('Picked')] });
    expect(await screenshots.fromWindow()).toMatchObject({ kind: 'taken', name: 'Picked' });
    expect(done.join()).not.toContain('choose');
  });
});

describe('no picture', () => {
  it.each([
    ['the system forbids it', { permission: 'denied' }, 'permission'],
    ['there is no portal', { picksItself: true, permission: 'noPortal' }, 'portal'],
    ['everything is black', { sources: [source('Asleep', BLACK)] }, 'blank'],
    ['there is nothing', { sources: [] }, 'blank'],
    ['the system fails', { sources: new Error('no capturer') }, 'failed'],
    ['the portal gives nothing', { picksItself: true, sources: [] }, 'portal'],
    ['the portal fails', { picksItself: true, sources: new Error('no portal') }, 'portal'],
  ] as const)('says why when %s', async (_when, more, reason) => {
    const { screenshots, done } = setUp(more);
    expect(await screenshots.fromWindow()).toEqual({ kind: 'refused', reason });
    expect(done.at(-1)).toBe('show');
  });

  it('is waited for in vain', async () => {
    const { screenshots, clock, done } = setUp({ sources: 'never' });
    const answer = screenshots.fromWindow();
    await clock.pass(16_000);
    expect(await answer).toEqual({ kind: 'refused', reason: 'failed' });
    expect(done.at(-1)).toBe('show');
  });

  it('comes from more than eight wishes a minute, and does so again later', async () => {
    const { screenshots, clock } = setUp({});
    for (let count = 0; count < 8; count += 1)
      expect(await screenshots.fromWindow()).toMatchObject({ kind: 'taken' });
    expect(await screenshots.fromWindow()).toEqual({ kind: 'refused', reason: 'tooOften' });
    await clock.pass(61_000);
    expect(await screenshots.fromWindow()).toMatchObject({ kind: 'taken' });
  });

  it('comes from a second wish while one is under way', async () => {
    const { screenshots } = setUp({});
    const first = screenshots.fromWindow();
    expect(await screenshots.fromWindow()).toEqual({ kind: 'refused', reason: 'tooOften' });
    expect(await first).toMatchObject({ kind: 'taken' });
  });
});

describe('a picture asked for from tray or shortcut', () => {
  it('waits for the window and is given once', async () => {
    const { screenshots, done } = setUp({ isInUse: false, isVisible: false });
    await screenshots.fromOutside();
    expect(done.at(-1)).toBe('show picture');
    expect(screenshots.collect()).toMatchObject({ kind: 'taken' });
    expect(screenshots.collect()).toEqual({ kind: 'cancelled' });
  });

  it('is forgotten when nobody collects it within a minute', async () => {
    const { screenshots, clock } = setUp({});
    await screenshots.fromOutside();
    await clock.pass(61_000);
    expect(screenshots.collect()).toEqual({ kind: 'cancelled' });
  });

  it.each([true, false])('leaves the window as it was when cancelled (visible: %s)', async (isVisible) => {
    const { screenshots, done } = setUp({ isVisible, countdown: 'cancelled' });
    await screenshots.fromOutside();
    expect(done.includes('show')).toBe(isVisible);
    expect(done).not.toContain('show picture');
  });
});
