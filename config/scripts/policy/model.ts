import * as z from 'zod';
import { PolicySchema } from '@shared/domain/policy';
import { coreOf, isOpenGroup, kindsOf, metaOf } from '@shared/domain/policy-reading';

/** What people read about a member. */
interface Words {
  /** The names from the root to it. */
  readonly path: readonly string[];
  readonly title: string;
  readonly description: string;
  readonly example: unknown;
}

/** A single value of the policy. */
export type Value = Words & { readonly isRequired: boolean; readonly initial: unknown } & (
    | { readonly kind: 'yesNo' }
    | { readonly kind: 'number'; readonly least: number; readonly most: number }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | { readonly kind: 'text'; readonly longest: number }
    | { readonly kind: 'list' }
  );

/** A part of the policy that counts as a whole, with the values it is made of; `mark`: which kind of several it is. */
export type Whole = Words & {
  readonly kind: 'whole';
  readonly mark: { readonly name: string; readonly value: string } | null;
  readonly values: readonly Value[];
  /** Parts of it that have a key of their own. */
  readonly parts: readonly Whole[];
};

/** Several kinds of one part, of which there can be one. */
export type Kinds = Words & { readonly kind: 'kinds'; readonly kinds: readonly Whole[] };

/** Members that are managed each by itself. */
export type Group = Words & { readonly kind: 'group'; readonly members: readonly Member[] };

/** A member of the policy. */
export type Member = Group | Whole | Kinds | Value;

/** The schema as everything in assets/policy is made from. */
export function policyModel(): Group {
  const root = memberOf(PolicySchema, []);
  if (root.kind !== 'group') throw new TypeError('The policy is no group.');
  return root;
}

/** Every value, whole and kind, without the groups around them, in reading order. */
export const leavesOf = (group: Group): readonly Exclude<Member, Group>[] =>
  group.members.flatMap((member) => (member.kind === 'group' ? leavesOf(member) : [member]));

function memberOf(schema: z.core.$ZodType, path: readonly string[]): Member {
  const core = coreOf(schema);
  if (isOpenGroup(core)) {
    const members = Object.entries(core.shape).map(([name, member]) =>
      memberOf(member as z.core.$ZodType, [...path, name]),
    );
    return { kind: 'group', ...wordsOf(schema, path), members };
  }
  if (core instanceof z.ZodObject) return wholeOf(core, path, wordsOf(schema, path), null);
  if (core instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = core.def;
    const kinds = kindsOf(core).map(({ kind, group }) =>
      wholeOf(group, path, wordsOf(group, path), { name: discriminator, value: kind }),
    );
    return { kind: 'kinds', ...wordsOf(schema, path), kinds };
  }
  return valueOf(schema, path);
}

function wholeOf(group: z.ZodObject, path: readonly string[], words: Words, mark: Whole['mark']): Whole {
  const members = Object.entries(group.shape)
    .filter(([name]) => name !== mark?.name)
    .map(([name, schema]) => {
      const member = schema as z.core.$ZodType;
      const inner = coreOf(member);
      const place = [...path, name];
      return inner instanceof z.ZodObject
        ? wholeOf(inner, place, wordsOf(member, place), null)
        : valueOf(member, place);
    });
  return {
    kind: 'whole',
    ...words,
    mark,
    values: members.filter((member): member is Value => member.kind !== 'whole'),
    parts: members.filter((member): member is Whole => member.kind === 'whole'),
  };
}

function valueOf(schema: z.core.$ZodType, path: readonly string[]): Value {
  const core = coreOf(schema);
  const common = {
    ...wordsOf(schema, path),
    isRequired: !(schema instanceof z.ZodOptional) && !(schema instanceof z.ZodDefault),
    initial: schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined,
  };
  if (core instanceof z.ZodBoolean) return { kind: 'yesNo', ...common };
  if (core instanceof z.ZodNumber)
    return { kind: 'number', ...common, least: core.minValue ?? 0, most: core.maxValue ?? 0 };
  if (core instanceof z.ZodEnum) return { kind: 'choice', ...common, choices: core.options.map(String) };
  if (core instanceof z.ZodArray) return { kind: 'list', ...common };
  if (core instanceof z.ZodString || core instanceof z.ZodStringFormat)
    return { kind: 'text', ...common, longest: core.maxLength ?? 1023 };
  throw new TypeError(`${path.join('.')} is of a kind that no template has`);
}

function wordsOf(schema: z.core.$ZodType, path: readonly string[]): Words {
  const { title, description, examples } = metaOf(schema);
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return { path, title: title ?? inWords(path.at(-1) ?? ''), description: description ?? '', example };
}

/** `peopleAffected` -> `People affected`. */
const inWords = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, (_pair, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/^./, (first) => first.toUpperCase());
