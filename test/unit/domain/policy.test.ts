import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursAt } from '@shared/domain/hours';
import { PolicySchema, type ManagedSettings, type Policy } from '@shared/domain/policy';
import { agreementOf } from '@shared/domain/policy-agreement';
import { featuresOf } from '@shared/domain/policy-features';
import { phoneFor } from '@shared/domain/call-sheet';
import { FEATURES, POLICY_SECTIONS, SETTING_KEYS } from '@shared/domain/policy-keys';
import { readPolicy } from '@shared/domain/policy-reading';
import { managedKeys, ownAfter, withManaged } from '@shared/domain/policy-settings';
import { PolicyProblemSchema } from '@shared/domain/policy-view';
import { defaultSettings, SettingsSchema, type Settings } from '@shared/domain/settings';

const read = (content: unknown) => {
  const reading = readPolicy(content);
  if (reading === null) throw new Error('no policy');
  return reading;
};
const problemsOf = (content: unknown) =>
  read(content).problems.map(({ path, reason, expected }) => [path, reason, expected]);

/** One right value for most members. */
const RIGHT: Policy = {
  organisation: 'Lindner & Co',
  board: { kind: 'boardApi', url: 'https://desk.example.com' },
  signIn: { name: '{user}@example.com', tokens: 'only', scopes: ['openid'] },
  branding: { name: 'Helpdesk', accentLight: '#1f5fbf', accentDark: '#8ab8ff' },
  contacts: { emergency: { phone: '616 555 0199' }, billing: { email: 'billing@example.com' } },
  hours: {
    timeZone: 'America/Detroit',
    monday: '08:00-12:00, 13:00-17:00',
    holidays: ['2026-12-25 Christmas Day'],
  },
  agreement: { provider: 'Northside IT', afterHours: 'charged', kind: 'remoteOnly', covered: ['Mail'] },
  features: { practiceDesk: false },
  settings: { theme: 'dark', shortcut: '', notifications: { hideDetails: true } },
  updates: { channel: 'off' },
  fallbackMail: {
    host: 'smtp.example.com',
    port: 587,
    security: 'starttls',
    signIn: true,
    deskAddress: 'help@example.com',
    billingAddress: null,
  },
};

describe('reading a policy', () => {
  it('takes what is right as it is', () => expect(read(RIGHT)).toEqual({ policy: RIGHT, problems: [] }));

  it('adds what a service desk leaves out', () => {
    const { policy } = read({ board: { kind: 'rt', url: 'https://rt.example/rt', fields: { ref: null } } });
    expect(policy.board).toMatchObject({
      queue: 'Service Board',
      fields: { ref: null, impact: 'Impact' },
    });
  });

  it('ignores what editors note for themselves', () =>
    expect(problemsOf({ $schema: './policy.schema.json' })).toEqual([]));

  it.each([
    [{ foo: 1 }, ['foo', 'unknown', '']],
    [{ branding: { colour: 'red' } }, ['branding.colour', 'unknown', '']],
    [{ branding: { accentLight: 'red' } }, ['branding.accentLight', 'format', '#1f5fbf']],
    [{ branding: { name: 'x'.repeat(41) } }, ['branding.name', 'tooLong', '40']],
    [{ branding: { name: ' ' } }, ['branding.name', 'empty', 'Lindner Helpdesk']],
    [{ branding: 'blue' }, ['branding', 'type', 'group']],
    [
      { branding: { logo: 'https://example.com/logo.png' } },
      ['branding.logo', 'format', expect.stringMatching(/^data:/)],
    ],
    [{ features: { screenshots: 'no' } }, ['features.screenshots', 'type', 'yesNo']],
    [{ settings: { theme: 'pink' } }, ['settings.theme', 'choice', 'system, light, dark']],
    [{ settings: { shortcut: 'A' } }, ['settings.shortcut', 'format', 'CommandOrControl+F12']],
    [
      { settings: { notifications: { quietHours: { from: '18:00' } } } },
      ['settings.notifications.quietHours.to', 'missing', '08:00'],
    ],
    [{ settings: { device: { consent: 'ask' } } }, ['settings.device.consent', 'choice', 'yes, no']],
    [{ agreement: { emergencyConfirmMinutes: 0 } }, ['agreement.emergencyConfirmMinutes', 'range', '1–1440']],
    [
      { agreement: { emergencyConfirmMinutes: '30' } },
      ['agreement.emergencyConfirmMinutes', 'type', 'number'],
    ],
    [{ agreement: { afterHours: 'unknown' } }, ['agreement.afterHours', 'choice', 'included, charged']],
    [{ agreement: { covered: 'Mail' } }, ['agreement.covered', 'type', 'list']],
    [{ hours: { timeZone: 'Mars/Olympus' } }, ['hours.timeZone', 'format', 'America/Detroit']],
    [{ hours: { monday: '17:00-08:00' } }, ['hours.monday', 'format', '08:00-12:00, 13:00-17:00']],
    [{ hours: { monday: '8-17' } }, ['hours.monday', 'format', '08:00-12:00, 13:00-17:00']],
    [
      { hours: { holidays: ['2026-02-30 Never'] } },
      ['hours.holidays[0]', 'format', '2026-12-25 Christmas Day'],
    ],
    [
      { contacts: { emergency: { email: 'nobody' } } },
      ['contacts.emergency.email', 'format', 'urgent@provider.example'],
    ],
    [{ signIn: { scopes: ['open id'] } }, ['signIn.scopes[0]', 'format', '']],
    [{ board: 5 }, ['board', 'type', 'group']],
    [{ board: {} }, ['board.kind', 'missing', 'boardApi, rt, email']],
    [{ board: { kind: 'practice' } }, ['board.kind', 'choice', 'boardApi, rt, email']],
    [{ board: { kind: 'rt', url: 'rt.example' } }, ['board.url', 'format', 'https://rt.provider.example/rt']],
    [{ fallbackMail: { ...RIGHT.fallbackMail, port: 70_000 } }, ['fallbackMail.port', 'range', '1–65535']],
  ])('names what is wrong in %j', (content, problem) => expect(problemsOf(content)).toEqual([problem]));

  it('names the wrong entries of a list one by one and keeps the others', () => {
    const { policy, problems } = read({ hours: { holidays: ['soon', '2026-12-25 Christmas Day', 7] } });
    expect(policy.hours?.holidays).toEqual(['2026-12-25 Christmas Day']);
    expect(problems.map(({ path }) => path)).toEqual(['hours.holidays[0]', 'hours.holidays[2]']);
  });

  it('leaves a service desk out as a whole, naming what is wrong in it', () => {
    const { policy, problems } = read({
      organisation: 'Lindner & Co',
      board: { kind: 'rt', url: 'https://rt.example', queue: 7, colour: 'red', fields: { zip: 'Zip' } },
    });
    expect(policy).toEqual({ organisation: 'Lindner & Co' });
    expect(problems.map(({ path }) => path)).toEqual(['board.queue', 'board.colour', 'board.fields.zip']);
  });

  it('one wrong value costs itself alone', () => {
    const places = Object.keys(RIGHT) as (keyof Policy)[];
    fc.assert(
      fc.property(fc.constantFrom(...places), (place) => {
        const { policy, problems } = read({ ...RIGHT, [place]: 7 });
        const { [place]: _wrong, ...rest } = RIGHT;
        expect(policy).toEqual(rest);
        expect(problems.map((problem) => problem.path)).toEqual([place]);
      }),
    );
  });

  it('gives a policy for whatever it is given, which reads as itself again', () => {
    const keys = fc.constantFrom(
      ...POLICY_SECTIONS,
      'settings',
      'kind',
      'url',
      'holidays',
      '__proto__',
      'toString',
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.array(fc.tuple(keys, tie('node')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (content) => {
        const reading = readPolicy(content);
        if (reading === null) return;
        expect(PolicySchema.parse(reading.policy)).toEqual(reading.policy);
        expect(read(reading.policy)).toEqual({ policy: reading.policy, problems: [] });
        reading.problems.forEach((problem) => expect(PolicyProblemSchema.parse(problem)).toEqual(problem));
      }),
      { numRuns: 300 },
    );
  });

  it.each([[null], [5], ['x'], [true], [[]]])('finds no policy in %j', (content) =>
    expect(readPolicy(content)).toBeNull(),
  );
});

describe('the settings under a policy', () => {
  const settings: fc.Arbitrary<Settings> = fc
    .record({
      theme: fc.constantFrom('system', 'light', 'dark'),
      startAtLogin: fc.boolean(),
      shortcut: fc.option(fc.constantFrom('Alt+A', 'Alt+B')),
      screenshotShortcut: fc.option(fc.constantFrom('Alt+A', 'Alt+B')),
      device: fc.record({
        consent: fc.constantFrom('ask', 'yes', 'no'),
        without: fc.subarray(['user', 'wifi']),
      }),
      notifications: fc.record({
        enabled: fc.boolean(),
        hideDetails: fc.boolean(),
        quietHours: fc.record({
          enabled: fc.boolean(),
          from: fc.constantFrom('18:00', '19:00'),
          to: fc.constant('08:00'),
        }),
      }),
    })
    .map((one) => SettingsSchema.parse(one));
  const managed: fc.Arbitrary<ManagedSettings> = fc
    .record(
      {
        theme: fc.constantFrom('system', 'light', 'dark'),
        startAtLogin: fc.boolean(),
        shortcut: fc.constantFrom('', 'Alt+C'),
        screenshotShortcut: fc.constantFrom('', 'Alt+C'),
        device: fc.record({ consent: fc.constantFrom('yes', 'no'), without: fc.constant(['os']) }),
        notifications: fc.record(
          {
            enabled: fc.boolean(),
            hideDetails: fc.boolean(),
            quietHours: fc.constant({ enabled: true, from: '20:00', to: '06:00' }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    )
    .map((one) => read({ settings: one }).policy.settings ?? {});

  it('are the user’s own where nothing is managed', () => {
    fc.assert(fc.property(settings, (own) => void expect(withManaged(own, {})).toEqual(own)));
    expect(managedKeys({})).toEqual([]);
  });

  it('cannot be changed where they are managed, can where they are not, and come back when the policy goes', () => {
    fc.assert(
      fc.property(settings, settings, managed, (own, wanted, policy) => {
        const after = ownAfter(wanted, own, policy);
        const shown = withManaged(after, policy);
        for (const key of SETTING_KEYS) {
          const isManaged = managedKeys(policy).includes(key);
          expect(at(shown, key)).toEqual(at(isManaged ? withManaged(own, policy) : wanted, key));
          expect(at(after, key)).toEqual(at(isManaged ? own : wanted, key));
        }
        // Saving what is shown changes nothing of one's own.
        expect(ownAfter(withManaged(own, policy), own, policy)).toEqual(own);
      }),
    );
  });

  it('cover every setting there is', () => {
    const leaves = Object.entries(defaultSettings()).flatMap(([name, value]) =>
      name === 'notifications' ? Object.keys(value ?? {}).map((inner) => `notifications.${inner}`) : [name],
    );
    expect([...SETTING_KEYS].sort()).toEqual(leaves.sort());
  });

  it('no keys at all are said with an empty text', () =>
    expect(withManaged(defaultSettings(), { shortcut: '' }).shortcut).toBeNull());
});

const at = (settings: Settings, key: (typeof SETTING_KEYS)[number]): unknown =>
  key.split('.').reduce<unknown>((inside, step) => (inside as Record<string, unknown>)[step], settings);

describe('what is allowed', () => {
  it('is everything, unless it is switched off', () => {
    expect(Object.values(featuresOf({}))).toEqual(FEATURES.map(() => true));
    expect(featuresOf({ features: { deviceFacts: false } })).toMatchObject({
      deviceFacts: false,
      screenshots: true,
    });
  });

  it('are no other desks once one is chosen, unless that is said', () => {
    const board = { kind: 'boardApi', url: 'https://desk.example' } as const;
    expect(featuresOf({ board }).otherDesks).toBe(false);
    expect(featuresOf({ board, features: { otherDesks: true } }).otherDesks).toBe(true);
    expect(featuresOf({ features: { otherDesks: false } }).otherDesks).toBe(false);
  });

  it('are no screenshots where no files are', () =>
    expect(featuresOf({ features: { attachments: false } }).screenshots).toBe(false));
});

describe('what a policy tells about the provider', () => {
  it('is nothing where it says nothing', () => expect(agreementOf({ organisation: 'x' }, 'Desk')).toBeNull());

  it('is the call sheet, the hours and the agreement', () => {
    const agreement = agreementOf(RIGHT, 'Desk');
    expect(agreement).toMatchObject({ provider: 'Northside IT', afterHours: 'charged', kind: 'remoteOnly' });
    expect(phoneFor(agreement, 'emergency')).toBe('616 555 0199');
    const hours = agreement?.hours ?? { timeZone: '', week: [], holidays: [] };
    const open = (at: string) => hoursAt(hours, new Date(at)).open;
    // Monday in Detroit, UTC-4.
    expect(
      ['11:59', '12:00', '15:59', '16:30', '17:00', '20:59', '21:00'].map((time) =>
        open(`2026-06-01T${time}:00Z`),
      ),
    ).toEqual([false, true, true, false, true, true, false]);
    expect(hours.holidays).toEqual([{ day: '2026-12-25', name: 'Christmas Day' }]);
  });

  it('claims nothing that is not said', () => {
    const agreement = agreementOf({ hours: { monday: '08:00-17:00' } }, 'Desk');
    expect(agreement).toMatchObject({
      provider: 'Desk',
      afterHours: 'unknown',
      kind: 'unknown',
      hours: { week: [] },
      callSheet: [],
      standing: 'good',
    });
  });
});
