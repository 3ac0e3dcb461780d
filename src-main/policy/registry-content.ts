import * as z from 'zod';
import { PolicySchema } from '@shared/domain/policy';
import { coreOf, groupFor } from '@shared/domain/policy-reading';
import type { RegistryKey } from './reg-query';
import { wholePolicy } from './whole-policy';
import type { SourceReading } from './source';

/** Managed settings from what the registry holds: the one value with a whole policy, or values and keys by their names. */
export function readRegistry(key: RegistryKey): SourceReading {
  const reading = wholePolicy(key);
  return reading.kind === 'found' && reading.content === key
    ? { ...reading, content: fit(PolicySchema, key) }
    : reading;
}

/**
 * Turns values of the registry into those of the schema, as far as that can be told: the registry has no yes and no, its
 * lists are keys with numbered values, its names may be in any case, and what is left empty in a template is an empty text.
 * What cannot be told stays as it is, and is named as wrong by whoever checks it.
 */
function fit(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === '' && schema instanceof z.ZodDefault)
    return schema.unwrap() instanceof z.ZodNullable ? null : undefined;
  const core = coreOf(schema);
  if (core instanceof z.ZodBoolean) return asBoolean(value);
  if (core instanceof z.ZodNumber) return asNumber(value);
  if (core instanceof z.ZodArray) return asList(core, value);
  if (core instanceof z.ZodObject || core instanceof z.ZodDiscriminatedUnion) return asGroup(core, value);
  return value;
}

function asBoolean(value: unknown): unknown {
  if (value === 1 || value === 0) return value === 1;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return word === 'true' || word === 'false' ? word === 'true' : value;
}

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;

function asList(list: z.ZodArray, value: unknown): unknown {
  if (typeof value === 'string') return jsonOr(value, value === '' ? [] : value.split(/\r?\n/));
  if (!isKey(value)) return value;
  const byNumber = Object.entries(value).toSorted(([one], [other]) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  return byNumber.map(([, entry]) => fit(list.element, entry));
}

function asGroup(schema: z.ZodObject | z.ZodDiscriminatedUnion, value: unknown): unknown {
  if (typeof value === 'string') return jsonOr(value, value);
  if (!isKey(value)) return value;
  const group = groupFor(schema, withNames(value, KIND_ONLY));
  if (group === null) return value;
  return Object.fromEntries(
    Object.entries(withNames(value, Object.keys(group.shape)))
      .map(([name, member]): [string, unknown] => [
        name,
        Object.hasOwn(group.shape, name) ? fit(group.shape[name] as z.core.$ZodType, member) : member,
      ])
      .filter(([, member]) => member !== undefined),
  );
}

/** Tells of which kind a group is. */
const KIND_ONLY = ['kind'];

/** The same members under the names as the schema writes them. */
function withNames(value: RegistryKey, names: readonly string[]): RegistryKey {
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [known.get(name.toLowerCase()) ?? name, member]),
  );
}

function jsonOr(text: string, otherwise: unknown): unknown {
  if (!/^\s*[[{]/.test(text)) return otherwise;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}

const isKey = (value: unknown): value is RegistryKey =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
