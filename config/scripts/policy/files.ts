import { createHash } from 'node:crypto';
import plist from 'plist';
import * as z from 'zod';
import { PolicySchema } from '@shared/domain/policy';
import { groupPolicyFiles } from './admx';
import { policyModel, type Group, type Member, type Value, type Whole } from './model';

/** The preference domain on macOS: the application's identifier. */
const DOMAIN = 'org.deskbell.Deskbell';
const SCHEMA_FILE = 'policy.schema.json';

/** Everything in assets/policy by its name there, made from the one schema. */
export function policyFiles(): Readonly<Record<string, string>> {
  const model = policyModel();
  const { admx, adml } = groupPolicyFiles(model);
  const sample = sampleOf(model);
  return {
    [SCHEMA_FILE]: json(jsonSchema()),
    'linux/policy.json': json({ $schema: `../${SCHEMA_FILE}`, ...sample }),
    'macos/deskbell.mobileconfig': configurationProfile(sample),
    'windows/deskbell.admx': admx,
    'windows/en-US/deskbell.adml': adml,
    'settings.md': reference(model),
  };
}

function jsonSchema(): object {
  const schema = z.toJSONSchema(PolicySchema, {
    io: 'input',
    override: ({ jsonSchema: part }) => {
      if (part.type === 'object') part.additionalProperties = false;
    },
  });
  const note = { type: 'string', description: 'For editors; Deskbell ignores it.' } as const;
  return {
    ...schema,
    title: 'Managed settings of Deskbell',
    properties: { $schema: note, $comment: note, ...schema.properties },
  };
}

/** A policy with an example of everything. */
function sampleOf(group: Group): Record<string, unknown> {
  return Object.fromEntries(
    group.members
      .map((member): [string, unknown] => [
        member.path.at(-1) ?? '',
        member.kind === 'group' ? sampleOf(member) : member.example,
      ])
      .filter(([, example]) => example !== undefined),
  );
}

/** A profile that forces the settings (https://developer.apple.com/documentation/devicemanagement/managedpreferences). */
function configurationProfile(settings: Record<string, unknown>): string {
  const payload = {
    PayloadContent: { [DOMAIN]: { Forced: [{ mcx_preference_settings: settings }] } },
    PayloadDisplayName: 'Deskbell',
    PayloadIdentifier: `${DOMAIN}.settings`,
    PayloadType: 'com.apple.ManagedClient.preferences',
    PayloadUUID: uuidOf('settings'),
    PayloadVersion: 1,
  };
  const profile = {
    PayloadContent: [payload],
    PayloadDescription:
      'Managed settings of Deskbell. Change the example to what you need and leave out the rest.',
    PayloadDisplayName: 'Deskbell: managed settings',
    PayloadIdentifier: `${DOMAIN}.profile`,
    PayloadScope: 'System',
    PayloadType: 'Configuration',
    PayloadUUID: uuidOf('profile'),
    PayloadVersion: 1,
  };
  return `${plist.build(profile as unknown as plist.PlistObject)}\n`;
}

/** An identifier that stays the same from one generation to the next. */
function uuidOf(name: string): string {
  const hash = createHash('sha256').update(`${DOMAIN} ${name}`).digest('hex').toUpperCase();
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** Every setting in words. */
function reference(model: Group): string {
  const head = [
    '# Every managed setting',
    '',
    'Made from `src-shared/domain/policy.ts` by `npm run policy`. How they get onto a computer is in [the guide](../../src-main/policy/README.md).',
    'Everything may be left out. What is wrong is named in the settings and does not apply; the rest does.',
    '',
    '| setting | value | what it does |',
    '| --- | --- | --- |',
  ];
  return `${[...head, ...model.members.flatMap(rowsOf)].join('\n')}\n`;
}

function rowsOf(member: Member): readonly string[] {
  switch (member.kind) {
    case 'group':
      return [
        row(member.path, '', `**${member.title}.** ${member.description}`),
        ...member.members.flatMap(rowsOf),
      ];
    case 'kinds':
      return [
        row(member.path, '', `**${member.title}.** ${member.description}`),
        ...member.kinds.flatMap(wholeRows),
      ];
    case 'whole':
      return wholeRows(member);
    default:
      return [valueRow(member)];
  }
}

const wholeRows = (whole: Whole): readonly string[] => [
  row(whole.path, '', `**${whole.title}.** ${whole.description}`),
  ...(whole.mark
    ? [row([...whole.path, whole.mark.name], `\`${whole.mark.value}\``, `${whole.title}; required.`)]
    : []),
  ...whole.values.map(valueRow),
  ...whole.parts.flatMap(wholeRows),
];

const valueRow = (value: Value): string =>
  row(
    value.path,
    typeOf(value),
    `${value.description}${value.isRequired ? ' Required.' : ''}${startOf(value)}`,
  );

function typeOf(value: Value): string {
  switch (value.kind) {
    case 'yesNo':
      return 'true or false';
    case 'number':
      return `${value.least} to ${value.most}`;
    case 'choice':
      return value.choices.map((choice) => `\`${choice}\``).join(', ');
    case 'text':
      return `text, up to ${value.longest}`;
    case 'list':
      return 'list';
  }
}

const startOf = ({ initial }: Value): string =>
  typeof initial === 'string' ? ` Left out: \`${initial}\`.` : '';

const row = (path: readonly string[], type: string, text: string): string =>
  `| \`${path.join('.')}\` | ${type} | ${text.trim().replaceAll('|', '\\|')} |`;

const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
