import type * as z from 'zod';
import type { Problem } from '@shared/board-api';
import type { Translate } from '@shared/locales';
import type { Answer } from './operation';

/** The kinds of problem, each with its status. */
const STATUS = {
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  keyReused: 409,
  tooLarge: 413,
  unsupportedType: 415,
  invalid: 422,
  throttled: 429,
  internal: 500,
  unavailable: 503,
} as const;
/** A kind of problem. */
export type ProblemKind = keyof typeof STATUS;

/** What can be said about a problem beyond its kind. */
export interface ProblemDetails {
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly conflict?: NonNullable<Problem['conflict']>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes error answers (RFC 9457). */
export type MakeProblem = (kind: ProblemKind, details?: ProblemDetails) => Answer;

/** Error answers with titles in the desk's language. */
export function createProblems(t: Translate): MakeProblem {
  return (kind, { detail, errors, conflict, headers } = {}) => ({
    kind: 'problem',
    problem: {
      type: `urn:deskbell:problem:${kind}`,
      title: t(`practice:problem.${kind}`),
      status: STATUS[kind],
      ...(detail === undefined ? {} : { detail }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
      ...(conflict === undefined ? {} : { conflict }),
    },
    ...(headers === undefined ? {} : { headers }),
  });
}

/** A kind of problem for a status that a fault asks for. */
export function kindOfStatus(status: number): ProblemKind {
  const known = (Object.keys(STATUS) as ProblemKind[]).find((kind) => STATUS[kind] === status);
  return known ?? (status >= 500 ? 'internal' : 'badRequest');
}

/** What does not fit, as JSON pointers (RFC 6901) into what was sent. */
export const fieldErrors = (error: z.ZodError): { pointer: string; detail: string }[] =>
  error.issues.map((issue) => ({
    pointer: issue.path
      .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      .join(''),
    detail: issue.message,
  }));
