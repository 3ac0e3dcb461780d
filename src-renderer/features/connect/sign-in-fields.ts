import type { SignInProof, SignInWay } from '@shared/domain/board';

/** What the user writes to sign in. */
export interface SignInValues {
  /** The name at the board. */
  readonly login: string;
  readonly password: string;
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** The name at the mail server; empty: the e-mail address. */
  readonly mailLogin: string;
}

/** A field of the form. */
export type SignInField = keyof SignInValues;
/** With the board's own account there are two ways. */
export type SignInMode = 'usual' | 'password' | 'token';
/** What is wrong with a field: a key of the catalogue. */
export type SignInFieldProblem = 'missing' | 'notEmail';

const SENDER = ['name', 'email', 'phone'] as const;

/** The fields of a way in, in reading order. */
export function fieldsOf(way: SignInWay, mode: SignInMode): readonly SignInField[] {
  switch (way.kind) {
    case 'nothing':
    case 'browser':
      return [];
    case 'persona':
      return SENDER;
    case 'password':
      return mode === 'token' ? ['token'] : ['login', 'password'];
    case 'mail':
      return way.asksPassword ? [...SENDER, 'mailLogin', 'password'] : SENDER;
  }
}

/** What is missing or wrong, by field. The phone number may be left out, and the mail server's name is mostly the address. */
export function missingFields(
  fields: readonly SignInField[],
  values: SignInValues,
): Partial<Record<SignInField, SignInFieldProblem>> {
  const wrong = fields.flatMap((field): [SignInField, SignInFieldProblem][] => {
    const value = values[field].trim();
    if (field === 'phone' || field === 'mailLogin') return [];
    if (value === '') return [[field, 'missing']];
    return field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? [[field, 'notEmail']] : [];
  });
  return Object.fromEntries(wrong);
}

/** What goes to main. */
export function proofOf(way: SignInWay, mode: SignInMode, values: SignInValues): SignInProof {
  const { login, password, token, mailLogin } = values;
  const sender = { name: values.name.trim(), email: values.email.trim(), phone: values.phone.trim() };
  switch (way.kind) {
    case 'nothing':
    case 'browser':
      return { kind: way.kind };
    case 'persona':
      return { kind: 'persona', sender };
    case 'password':
      return mode === 'token'
        ? { kind: 'token', token: token.trim() }
        : { kind: 'password', name: login.trim(), password };
    case 'mail':
      return { kind: 'mail', sender, name: mailLogin.trim() || sender.email, password };
  }
}
