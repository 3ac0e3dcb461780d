import os from 'node:os';

/**
 * Fields whose text may be logged: words of Deskbell's own, never something a person wrote. Text under any other name is
 * replaced by its length, so that a forgotten field fails closed.
 */
const PLAIN_FIELDS = new Set(
  (
    'kind cause reason ref lane id call push channel state phase step from to mark platform arch version electron ' +
    'code syscall status method route screen board connector backend outcome problems permission policy pace ' +
    'event type'
  ).split(' '),
);
/** Fields of which not even the length is logged. */
const SECRET_FIELDS = /token|secret|password|authorization|cookie|credential|key$/i;
const LONGEST_TEXT = 300;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [secret]'],
  [/\b[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]+)?\b/g, '[secret]'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s/?#]*)[^\s]*/gi, '$1$2/…'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[address]'],
  [/(?<![\w-])\+?\(?\d[\d ().-]{7,}\d(?![\w-])/g, '[number]'],
];

/** Takes what could name or quote a person out of a text: addresses, numbers, secrets, the home folder, quoted parts. */
export function redactText(text: string, home: string = os.homedir()): string {
  const quoted = text.replace(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`|“[^”\n]*”/g, '"…"');
  const homeless = home.length > 1 ? quoted.replaceAll(home, '~') : quoted;
  const clean = PATTERNS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), homeless);
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}…` : clean;
}

/** Redacts the fields of a log line: by name first, then by pattern. Depth is limited; cycles are safe. */
export function redactFields(fields: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, redactValue(name, value, depth)]),
  );
}

function redactValue(name: string, value: unknown, depth: number): unknown {
  if (SECRET_FIELDS.test(name)) return '[secret]';
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'string':
      return PLAIN_FIELDS.has(name) ? redactText(value) : `[text ${value.length}]`;
    case 'object':
      return redactObject(name, value, depth);
    default:
      return `[${typeof value}]`;
  }
}

function redactObject(name: string, value: object | null, depth: number): unknown {
  if (value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString();
  if (value instanceof Error) return redactError(value);
  if (depth >= 3) return '[…]';
  if (Array.isArray(value)) return value.slice(0, 20).map((entry) => redactValue(name, entry, depth + 1));
  return redactFields(value as Record<string, unknown>, depth + 1);
}

/** What is worth knowing of an error: its kind, code, redacted message and where it happened. */
export function redactError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: redactText(error.message),
    at: frames.slice(0, 6).map((line) => line.trim().replaceAll(os.homedir(), '~')),
    ...(error.cause === undefined ? {} : { cause: redactError(error.cause) }),
  };
}
