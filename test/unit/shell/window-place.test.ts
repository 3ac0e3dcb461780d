import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitInto,
  MIN_SIZE,
  noPlaces,
  parsePlaces,
  placeFor,
  rememberPlace,
  type Rectangle,
  type Screen,
} from '../../../src-main/shell/window-place';

const screen = (id: number, x = 0): Screen => ({ id, workArea: { x, y: 0, width: 1920, height: 1050 } });
const inside = (inner: Rectangle, outer: Rectangle): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe('the place of the window', () => {
  it('is near the tray the first time', () => {
    const tray = { x: 1700, y: 1050, width: 24, height: 30 };
    const place = placeFor(noPlaces, [screen(1)], screen(1), tray);
    expect(place).toMatchObject({ width: 1040, height: 720 });
    expect(place.x + place.width).toBeGreaterThan(1850);
    expect(place.y + place.height).toBeGreaterThan(1000);
  });

  it('is the middle where nobody knows the tray', () => {
    expect(placeFor(noPlaces, [screen(1)], screen(1), null)).toEqual({
      x: 440,
      y: 165,
      width: 1040,
      height: 720,
    });
  });

  it('is remembered for each screen', () => {
    const here = { x: 10, y: 20, width: 800, height: 600 };
    const there = { x: 2000, y: 30, width: 500, height: 700 };
    const screens = [screen(1), screen(2, 1920)];
    const places = rememberPlace(
      rememberPlace(noPlaces, screens[0]!, here, false),
      screens[1]!,
      there,
      false,
    );
    expect(placeFor(places, screens, screens[0]!, null)).toEqual(there);
    // The second screen is unplugged: the first one's own place.
    expect(placeFor(places, [screens[0]!], screens[0]!, null)).toEqual(here);
  });

  it('of a maximized window stays the one it returns to', () => {
    const here = { x: 10, y: 20, width: 800, height: 600 };
    const places = rememberPlace(noPlaces, screen(1), here, false);
    const whole = rememberPlace(places, screen(1), { x: 0, y: 0, width: 1920, height: 1050 }, true);
    expect(whole).toMatchObject({ maximized: true, byScreen: { '1': here } });
  });

  it('is always wholly on the screen and of a useful size', () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    const rectangle = fc.record({ x: number, y: number, width: number, height: number });
    const area = fc.record({
      x: number,
      y: number,
      width: fc.integer({ min: MIN_SIZE.width, max: 5000 }),
      height: fc.integer({ min: MIN_SIZE.height, max: 3000 }),
    });
    fc.assert(
      fc.property(rectangle, area, (wanted, workArea) => {
        const place = fitInto(wanted, workArea);
        expect(inside(place, workArea)).toBe(true);
        expect(place.width).toBeGreaterThanOrEqual(MIN_SIZE.width);
        expect(place.height).toBeGreaterThanOrEqual(MIN_SIZE.height);
      }),
    );
  });

  it('survives its file, and a damaged file', () => {
    const places = rememberPlace(noPlaces, screen(3), { x: 1, y: 2, width: 400, height: 500 }, true);
    expect(parsePlaces(JSON.parse(JSON.stringify(places)))).toEqual(places);
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (content) => void placeFor(parsePlaces(content), [screen(1)], screen(1), null),
      ),
    );
  });
});
