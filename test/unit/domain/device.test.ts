import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clockError,
  DEVICE_KEYS,
  DeviceChoiceSchema,
  firstDeviceChoice,
  goesAlong,
  withAll,
  withLine,
  type DeviceChoice,
} from '@shared/domain/device';
import { emptyIntake, IntakeSchema } from '@shared/domain/intake';
import { SettingsSchema } from '@shared/domain/settings';

const choices = fc.record({
  consent: fc.constantFrom('ask', 'yes', 'no'),
  without: fc.uniqueArray(fc.constantFrom(...DEVICE_KEYS)),
});
const keys = fc.constantFrom(...DEVICE_KEYS);
const going = (choice: DeviceChoice) => DEVICE_KEYS.filter((key) => goesAlong(choice, key));

describe('what goes along about the computer', () => {
  it('is nothing until the user has allowed it, also with damaged settings', () => {
    expect(going(firstDeviceChoice())).toEqual([]);
    expect(going(SettingsSchema.parse({}).device)).toEqual([]);
    expect(going(SettingsSchema.parse({ device: { consent: 'perhaps', without: 'all' } }).device)).toEqual(
      [],
    );
    expect(going(SettingsSchema.parse({ device: 7 }).device)).toEqual([]);
    fc.assert(
      fc.property(choices, (choice) => {
        expect(choice.consent === 'yes' || going(choice).length === 0).toBe(true);
      }),
    );
  });

  it('changes by exactly the line that was chosen', () => {
    fc.assert(
      fc.property(choices, keys, fc.boolean(), (choice, key, goes) => {
        const before = new Set(going(choice));
        const after = new Set(going(withLine(choice, key, goes)));
        expect(after.has(key)).toBe(goes);
        for (const other of DEVICE_KEYS) if (other !== key) expect(after.has(other)).toBe(before.has(other));
      }),
    );
  });

  it('never brings back what the user left out by turning everything off and on, unless that was all', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(going(withAll(choice, false))).toEqual([]);
        const on = going(withAll(withAll(choice, false), true));
        expect(on.length).toBeGreaterThan(0);
        if (choice.without.length < DEVICE_KEYS.length)
          expect(on.filter((key) => choice.without.includes(key))).toEqual([]);
      }),
    );
  });

  it('survives being stored', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(DeviceChoiceSchema.parse(JSON.parse(JSON.stringify(choice)))).toEqual(choice);
      }),
    );
  });
});

describe('the clock', () => {
  it('is right when it may be, and wrong only for sure', () => {
    expect(clockError({ ahead: 1_400, accuracy: 520 })).toBe(0);
    expect(clockError({ ahead: -3_600_000, accuracy: 600 })).toBe(-3_600);
    expect(clockError({ ahead: 180_000, accuracy: 600 })).toBe(180);
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat({ max: 5000 }), (ahead, accuracy) => {
        const error = clockError({ ahead, accuracy });
        if (error !== 0) expect(Math.sign(error)).toBe(Math.sign(ahead));
        if (Math.abs(ahead) <= accuracy) expect(error).toBe(0);
      }),
    );
  });
});

it('an intake of an older Deskbell has no lines about the computer', () => {
  const { device: _, ...older } = emptyIntake();
  expect(IntakeSchema.parse(older).device).toEqual([]);
});
