import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import { Ajv2020 } from 'ajv/dist/2020.js';
import plist from 'plist';
import { describe, expect, it } from 'vitest';
import { PolicySchema } from '@shared/domain/policy';
import { readPolicy } from '@shared/domain/policy-reading';
import { policyFiles } from '../../../config/scripts/policy/files';
import { parsePlist } from '../../../src-main/policy/plist';
import type { RegistryKey, RegistryValue } from '../../../src-main/policy/reg-query';
import { readRegistry } from '../../../src-main/policy/registry-content';

const FOLDER = path.resolve(import.meta.dirname, '../../../assets/policy');
const files = policyFiles();
const fileOf = (name: string): string => files[name] ?? '';
const sample = JSON.parse(fileOf('linux/policy.json')) as Record<string, unknown>;
const { $schema: _note, ...settings } = sample;

/** Fails for whatever is not well formed. */
const parse = (xml: string): Document =>
  new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(xml, 'text/xml');
const all = (document: Document | Element, name: string): Element[] => [
  ...document.getElementsByTagName(name),
];

describe('assets/policy', () => {
  it('holds what the schema says today, and nothing else (else: npm run policy)', () => {
    const found = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(FOLDER, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    expect(found.sort()).toEqual(Object.keys(files).sort());
    for (const [name, content] of Object.entries(files))
      expect(readFileSync(path.join(FOLDER, name), 'utf8'), name).toBe(content);
  });

  it('has a sample with an example of every part, all of it right', () => {
    expect(readPolicy(sample)).toMatchObject({ problems: [] });
    expect(Object.keys(settings).sort()).toEqual(Object.keys(PolicySchema.shape).sort());
  });

  it('names every setting in the reference', () => {
    for (const place of [
      'board.fields.ref',
      'hours.holidays',
      'settings.notifications.quietHours.from',
      'features.otherDesks',
    ])
      expect(fileOf('settings.md')).toContain(`| \`${place}\` |`);
  });
});

describe('the JSON schema', () => {
  const ajv = new Ajv2020({ validateFormats: false });
  const check = ajv.compile(JSON.parse(fileOf('policy.schema.json')) as object);

  it('takes the sample', () => expect([check(sample), check.errors]).toEqual([true, null]));

  it.each([
    [{ colour: 'red' }],
    [{ features: { screenshots: 'no' } }],
    [{ branding: { accentLight: 'red' } }],
    [{ board: { kind: 'practice' } }],
    [{ fallbackMail: { host: 'x' } }],
  ])('refuses %j', (wrong) => expect(check(wrong)).toBe(false));
});

describe('the configuration profile', () => {
  const xml = fileOf('macos/deskbell.mobileconfig');
  interface Profile {
    readonly PayloadType: string;
    readonly PayloadUUID: string;
    readonly PayloadContent: readonly [
      {
        readonly PayloadType: string;
        readonly PayloadUUID: string;
        readonly PayloadContent: Record<
          string,
          { readonly Forced: readonly [{ readonly mcx_preference_settings: unknown }] }
        >;
      },
    ];
  }

  it('forces the settings of the sample in the domain that is read', () => {
    parse(xml);
    const profile = plist.parse(xml) as unknown as Profile;
    const [payload] = profile.PayloadContent;
    expect([profile.PayloadType, payload.PayloadType]).toEqual([
      'Configuration',
      'com.apple.ManagedClient.preferences',
    ]);
    expect(payload.PayloadContent).toEqual({
      'org.deskbell.Deskbell': { Forced: [{ mcx_preference_settings: settings }] },
    });
    for (const id of [profile.PayloadUUID, payload.PayloadUUID])
      expect(id).toMatch(/^[\dA-F]{8}-[\dA-F]{4}-5[\dA-F]{3}-8[\dA-F]{3}-[\dA-F]{12}$/);
    expect(profile.PayloadUUID).not.toBe(payload.PayloadUUID);
  });

  it('reads as the same settings once it is on a Mac', () => {
    const stored = parsePlist(plist.build(settings as unknown as plist.PlistObject));
    expect(stored).toEqual({ ok: true, value: settings });
  });
});

describe('the administrative template', () => {
  const admx = parse(fileOf('windows/deskbell.admx'));
  const adml = parse(fileOf('windows/en-US/deskbell.adml'));
  const policies = all(admx, 'policy');

  it('says everything that it refers to, once, and nothing besides', () => {
    const strings = all(adml, 'string').map((one) => one.getAttribute('id') ?? '');
    const presentations = all(adml, 'presentation').map((one) => one.getAttribute('id') ?? '');
    const refer = (kind: string): string[] =>
      [...fileOf('windows/deskbell.admx').matchAll(new RegExp(`\\$\\(${kind}\\.([^)]+)\\)`, 'g'))].map(
        ([, id]) => id ?? '',
      );
    expect([...new Set(strings)].sort()).toEqual(strings.sort());
    expect([...new Set(refer('string'))].sort()).toEqual(strings);
    expect(refer('presentation').sort()).toEqual(presentations.sort());
    all(adml, 'string').forEach((one) =>
      expect(one.textContent?.trim(), one.getAttribute('id') ?? '').not.toBe(''),
    );
  });

  it('shows every field of a setting, and no other', () => {
    for (const policy of policies) {
      const id = policy.getAttribute('name') ?? '';
      const fields = all(policy, 'elements').flatMap((one) =>
        [...one.childNodes].flatMap((child) =>
          'getAttribute' in child ? [(child as Element).getAttribute('id')] : [],
        ),
      );
      const shown = all(adml, 'presentation')
        .filter((one) => one.getAttribute('id') === id)
        .flatMap((one) =>
          [...one.childNodes].flatMap((child) =>
            'getAttribute' in child ? [(child as Element).getAttribute('refId')] : [],
          ),
        );
      expect({ id, shown }).toEqual({ id, shown: fields });
    }
  });

  it('has its settings in categories that are there, each under a name of its own', () => {
    const names = policies.map((one) => one.getAttribute('name') ?? '');
    expect(new Set(names).size).toBe(names.length);
    const categories = all(admx, 'category').map((one) => one.getAttribute('name'));
    for (const parent of all(admx, 'parentCategory'))
      expect(categories).toContain(parent.getAttribute('ref'));
    const supported = all(admx, 'policies').flatMap((one) => all(one, 'supportedOn'));
    expect(new Set(supported.map((one) => one.getAttribute('ref')))).toEqual(new Set(['SUPPORTED_Deskbell']));
    expect(policies.every((one) => one.getAttribute('class') === 'Machine')).toBe(true);
  });

  it('writes into the registry what Deskbell reads there', () => {
    const tree = registryOf(policies, settings);
    const reading = readRegistry(tree);
    if (reading.kind !== 'found') throw new Error(reading.kind);
    const read = readPolicy(reading.content);
    expect(read?.problems).toEqual([]);
    expect(read?.policy).toEqual(readPolicy(settings)?.policy);
  });
});

type Tree = Map<string, RegistryValue | Tree>;
const ROOT = String.raw`Software\Policies\Deskbell`;

/** What Group Policy leaves in the registry when every setting of the template is made as in `policy`. */
function registryOf(policies: readonly Element[], policy: unknown): RegistryKey {
  const tree: Tree = new Map();
  const put = (place: readonly string[], value: RegistryValue): void => {
    const key = place.slice(0, -1).reduce<Tree>((above, name) => {
      const below = above.get(name);
      if (below instanceof Map) return below;
      const made: Tree = new Map();
      above.set(name, made);
      return made;
    }, tree);
    key.set(place.at(-1) ?? '', value);
  };
  for (const one of policies) {
    const place = placeOf(one.getAttribute('key') ?? '');
    const valueName = one.getAttribute('valueName');
    const enabled = all(one, 'enabledValue')[0];
    if (valueName !== null && enabled) {
      const wanted = valueAt(policy, [...place, valueName]);
      const text = all(enabled, 'string')[0]?.textContent;
      if (text !== undefined && text !== wanted) continue;
      if (wanted !== undefined) put([...place, valueName], text ?? (wanted === true ? 1 : 0));
    }
    for (const field of all(one, 'elements').flatMap((elements) => [...elements.childNodes])) {
      if (!('getAttribute' in field)) continue;
      const element = field as Element;
      const at =
        element.tagName === 'list'
          ? placeOf(element.getAttribute('key') ?? '')
          : [...place, element.getAttribute('valueName') ?? ''];
      const value = valueAt(policy, at);
      if (value === undefined) continue;
      if (Array.isArray(value))
        value.forEach((entry, index) => put([...at, String(index + 1)], String(entry)));
      else put(at, typeof value === 'boolean' ? Number(value) : (value as RegistryValue));
    }
  }
  const plain = (key: Tree): RegistryKey =>
    Object.fromEntries([...key].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]));
  return plain(tree);
}

function placeOf(key: string): readonly string[] {
  expect(key.startsWith(ROOT)).toBe(true);
  return key.slice(ROOT.length).split('\\').filter(Boolean);
}

const valueAt = (content: unknown, place: readonly string[]): unknown =>
  place.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<string, unknown>)[step] : undefined,
    content,
  );
