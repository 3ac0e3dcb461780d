import * as z from 'zod';
import { PolicySchema, type Policy } from './policy';
import type { ValueReason, ValueType } from './policy-keys';
import type { PolicyProblem } from './policy-view';

/** A policy as far as it is right, and what is wrong with the rest. */
export interface PolicyReading {
  readonly policy: Policy;
  readonly problems: readonly PolicyProblem[];
}

/** What editors put into a JSON file for themselves. */
const NOT_OURS = new Set(['$schema', '$comment']);
const MOST_PROBLEMS = 50;
const LONGEST_PATH = 200;
const LONGEST_EXPECTED = 300;

/**
 * Reads managed settings from whatever a source holds: each wrong value is named and left out, and the rest applies; unknown
 * ones are named and ignored. `null`: it is no group of settings at all.
 */
export function readPolicy(content: unknown): PolicyReading | null {
  if (!isGroup(content)) return null;
  const { value, problems } = readMember(PolicySchema, content, []);
  // One place may break several rules at once; naming it once is enough.
  const named = [...new Map(problems.toReversed().map((one) => [one.path, one])).values()].toReversed();
  return { policy: value ?? {}, problems: named.slice(0, MOST_PROBLEMS) };
}

type Path = readonly (string | number)[];
interface MemberReading {
  /** `undefined`: nothing of it is right. */
  readonly value: unknown;
  readonly problems: readonly PolicyProblem[];
}

/** A schema without what only says that a member may be left out. */
export function coreOf(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return coreOf(schema.unwrap());
  return schema;
}

/** Whether a group is read member by member: none of its members has to be there. */
export const isOpenGroup = (schema: z.core.$ZodType): schema is z.ZodObject =>
  schema instanceof z.ZodObject &&
  Object.values(schema.shape).every((member) => member instanceof z.ZodOptional);

function readMember(schema: z.core.$ZodType, value: unknown, path: Path): MemberReading {
  const core = coreOf(schema);
  if (isOpenGroup(core)) return readGroup(core, value, path);
  if (core instanceof z.ZodArray) return readList(core, value, path);
  return readWhole(schema, value, path);
}

function readGroup(group: z.ZodObject, value: unknown, path: Path): MemberReading {
  if (!isGroup(value)) return wrong(path, 'type', 'group');
  const problems: PolicyProblem[] = [];
  const members: [string, unknown][] = [];
  for (const [name, content] of Object.entries(value)) {
    const schema = memberOf(group, name);
    if (schema === null) {
      if (path.length > 0 || !NOT_OURS.has(name)) problems.push(problemAt([...path, name], 'unknown', ''));
      continue;
    }
    const read = readMember(schema, content, [...path, name]);
    problems.push(...read.problems);
    if (read.value !== undefined) members.push([name, read.value]);
  }
  return { value: members.length === 0 ? undefined : Object.fromEntries(members), problems };
}

function readList(list: z.ZodArray, value: unknown, path: Path): MemberReading {
  if (!Array.isArray(value)) return wrong(path, 'type', 'list');
  const read = value.map((entry, index) => readMember(list.element, entry, [...path, index]));
  const good = read.map((entry) => entry.value).filter((entry) => entry !== undefined);
  const problems = read.flatMap((entry) => entry.problems);
  if (good.length === 0 && value.length > 0) return { value: undefined, problems };
  const whole = readWhole(list, good, path);
  return { value: whole.value, problems: [...problems, ...whole.problems] };
}

function readWhole(schema: z.core.$ZodType, value: unknown, path: Path): MemberReading {
  const parsed = z.safeParse(schema, value);
  const unknown = unknownIn(schema, value, path);
  if (parsed.success) return { value: parsed.data, problems: unknown };
  const problems = parsed.error.issues.map((issue) => problemOf(issue, schema, value, path));
  return { value: undefined, problems: [...problems, ...unknown] };
}

/** Members that nobody knows, of something that counts as a whole. */
function unknownIn(schema: z.core.$ZodType, value: unknown, path: Path): readonly PolicyProblem[] {
  const group = groupFor(schema, value);
  if (group === null || !isGroup(value)) return [];
  return Object.entries(value).flatMap(([name, content]) => {
    const member = memberOf(group, name);
    return member === null
      ? [problemAt([...path, name], 'unknown', '')]
      : unknownIn(member, content, [...path, name]);
  });
}

/** The group that a value is held against: of several kinds the one that it says it is. */
export function groupFor(schema: z.core.$ZodType, value: unknown): z.ZodObject | null {
  const core = coreOf(schema);
  if (core instanceof z.ZodObject) return core;
  if (!(core instanceof z.ZodDiscriminatedUnion) || !isGroup(value)) return null;
  const { discriminator } = core.def;
  const kind = value[discriminator];
  return kindsOf(core).find((one) => one.kind === kind)?.group ?? null;
}

/** The kinds of a group that comes in several. */
export function kindsOf(union: z.ZodDiscriminatedUnion): readonly { kind: string; group: z.ZodObject }[] {
  const { discriminator } = union.def;
  return union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return [];
    const mark = memberOf(option, discriminator);
    return mark instanceof z.ZodLiteral ? [{ kind: String(mark.value), group: option }] : [];
  });
}

const memberOf = (group: z.ZodObject, name: string): z.core.$ZodType | null =>
  Object.hasOwn(group.shape, name) ? (group.shape[name] as z.core.$ZodType) : null;

function problemOf(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  value: unknown,
  path: Path,
): PolicyProblem {
  const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const at = [...path, ...inside];
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(value, inside) === undefined
        ? problemAt(at, 'missing', exampleOf(schemaAt(schema, value, inside)))
        : problemAt(at, 'type', TYPES[issue.expected] ?? 'text');
    case 'invalid_value':
      return valueAt(value, inside) === undefined
        ? problemAt(at, 'missing', issue.values.map(String).join(', '))
        : problemAt(at, 'choice', issue.values.map(String).join(', '));
    case 'invalid_union':
      return isGroup(value) || inside.length > 0
        ? problemAt(at, valueAt(value, inside) === undefined ? 'missing' : 'choice', choicesOf(schema))
        : problemAt(at, 'type', 'group');
    case 'too_big':
    case 'too_small':
      return sizeProblem(issue, at, schemaAt(schema, value, inside));
    default:
      return problemAt(at, 'format', exampleOf(schemaAt(schema, value, inside)));
  }
}

const TYPES: Readonly<Record<string, ValueType>> = {
  string: 'text',
  number: 'number',
  int: 'number',
  boolean: 'yesNo',
  array: 'list',
  object: 'group',
};

function sizeProblem(
  issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  at: Path,
  schema: z.core.$ZodType | null,
): PolicyProblem {
  const limit = String(issue.code === 'too_big' ? issue.maximum : issue.minimum);
  const core = schema && coreOf(schema);
  if (core instanceof z.ZodNumber) return problemAt(at, 'range', `${core.minValue}–${core.maxValue}`);
  if (issue.origin === 'array') return problemAt(at, 'count', limit);
  return issue.code === 'too_big'
    ? problemAt(at, 'tooLong', limit)
    : problemAt(at, 'empty', exampleOf(schema));
}

const choicesOf = (schema: z.core.$ZodType): string => {
  const core = coreOf(schema);
  return core instanceof z.ZodDiscriminatedUnion
    ? kindsOf(core)
        .map(({ kind }) => kind)
        .join(', ')
    : '';
};

/** The schema of the member at a path; `null`: there is none. */
function schemaAt(schema: z.core.$ZodType, value: unknown, path: Path): z.core.$ZodType | null {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const core = coreOf(schema);
  const group = groupFor(core, value);
  const member =
    core instanceof z.ZodArray ? core.element : group === null ? null : memberOf(group, String(step));
  return member && schemaAt(member, valueAt(value, [step]), rest);
}

/** An example of a member; empty where there is none. */
function exampleOf(schema: z.core.$ZodType | null): string {
  const examples = schema && metaOf(schema).examples;
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return typeof example === 'string' || typeof example === 'number' ? String(example) : '';
}

/** What the schema says about a member, for people. */
export function metaOf(schema: z.core.$ZodType): z.core.GlobalMeta {
  const own = z.globalRegistry.get(schema);
  if (own !== undefined) return own;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return metaOf(schema.unwrap());
  return {};
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null && Object.hasOwn(inside, step)
        ? (inside as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

const wrong = (path: Path, reason: ValueReason, expected: string): MemberReading => ({
  value: undefined,
  problems: [problemAt(path, reason, expected)],
});

/** A problem at a place of the policy. */
export const problemAt = (path: Path, reason: ValueReason, expected: string): PolicyProblem => ({
  path: path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('')
    .slice(0, LONGEST_PATH),
  reason,
  expected: expected.slice(0, LONGEST_EXPECTED),
});

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
