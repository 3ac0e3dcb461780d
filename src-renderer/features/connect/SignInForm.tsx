import { LogIn } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Envelope } from '@shared/contract';
import type { SignInAnswer, SignInProof, SignInWay } from '@shared/domain/board';
import { useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { Button } from '../../ui/Button';
import { PasswordField } from '../../ui/PasswordField';
import { TextField } from '../../ui/TextField';
import { ProblemNotice } from './ProblemNotice';
import {
  fieldsOf,
  missingFields,
  proofOf,
  type SignInField,
  type SignInMode,
  type SignInValues,
} from './sign-in-fields';

export interface SignInFormProps {
  readonly way: SignInWay;
  /** Where the desk is, for people. */
  readonly place: string;
  /** What is known of the user already. */
  readonly known: Pick<SignInValues, 'login' | 'name' | 'email' | 'phone'>;
  readonly signIn: (proof: SignInProof) => Promise<Envelope<SignInAnswer>>;
  readonly onSignedIn: () => void;
  /** Beside the button. */
  readonly extra?: ReactNode;
}

/** The way in to a desk: what signing in does, and the fields it needs. */
export function SignInForm({ way, place, known, signIn, onSignedIn, extra }: SignInFormProps) {
  const { t } = useTranslation('connect');
  const [mode, setMode] = useState<SignInMode>(firstMode(way));
  const [values, setValues] = useState<SignInValues>({
    ...known,
    mailLogin: known.login,
    password: '',
    token: '',
  });
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Extract<SignInAnswer, { kind: 'refused' }>['problem'] | null>(null);
  const fields = fieldsOf(way, mode);
  // Where the name is known already, the password is what is left to write.
  const first = fields.find((name) => !(name in known) || values[name] === '') ?? fields[0];
  const wrong = isChecked ? missingFields(fields, values) : {};
  const keeping = useKeeping(
    way.kind === 'browser' || fields.some((name) => name === 'password' || name === 'token'),
  );
  const submit = async () => {
    setChecked(true);
    setProblem(null);
    if (isPending || Object.keys(missingFields(fields, values)).length > 0) return;
    setPending(true);
    const answer = await signIn(proofOf(way, mode, values));
    setPending(false);
    if (answer.ok && answer.value.kind === 'signedIn') return onSignedIn();
    setProblem(answer.ok && answer.value.kind === 'refused' ? answer.value.problem : 'failed');
  };
  const field = (name: SignInField) => ({
    value: values[name],
    onChange: (value: string) => setValues((before) => ({ ...before, [name]: value })),
    error: wrong[name] === undefined ? null : t(`signIn.${wrong[name]}`),
    isReadOnly: isPending,
    autoFocus: name === first,
  });
  return (
    <form
      className="connect__form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="connect__quiet">{explanation()}</p>
      {fields.map((name) => (
        <Field key={name} name={name} field={field(name)} />
      ))}
      {keeping !== null && <p className="connect__quiet">{keeping}</p>}
      {problem !== null && <ProblemNotice problem={problem} place={place} ofMail={way.kind === 'mail'} />}
      {isPending && way.kind === 'browser' && (
        <p className="connect__quiet" role="status">
          {t('signIn.browserWaiting')}
        </p>
      )}
      <div className="connect__actions">
        <Button
          type="submit"
          tone="primary"
          icon={LogIn}
          isPending={isPending}
          autoFocus={fields.length === 0}
        >
          {submitLabel()}
        </Button>
        {isPending ? (
          <Button onPress={() => void call('connection.cancelSignIn')}>{t('signIn.cancel')}</Button>
        ) : (
          way.kind === 'password' &&
          way.orToken &&
          way.onlyToken !== true && (
            <Button
              tone="quiet"
              size="small"
              onPress={() => setMode((before) => (before === 'token' ? 'password' : 'token'))}
            >
              {mode === 'token' ? t('signIn.usePassword') : t('signIn.useToken')}
            </Button>
          )
        )}
        {!isPending && extra}
      </div>
    </form>
  );

  function explanation(): string {
    switch (way.kind) {
      case 'nothing':
        return t('signIn.nothingText');
      case 'persona':
        return t('signIn.personaText');
      case 'browser':
        return t('signIn.browserText', { place: new URL(way.issuer).host });
      case 'password':
        return t('signIn.passwordText', { place });
      case 'mail':
        return t('signIn.mailText');
    }
  }

  function submitLabel(): string {
    if (way.kind === 'browser') return t('signIn.submitBrowser');
    return way.kind === 'nothing' || way.kind === 'persona' || (way.kind === 'mail' && !way.asksPassword)
      ? t('signIn.submitNothing')
      : t('signIn.submit');
  }
}

/** How long the sign-in is kept; `null` while nobody knows: the keyring is asked when there is something to keep. */
function useKeeping(hasSecret: boolean): string | null {
  const { t } = useTranslation('connect');
  const { secrets } = useApp();
  if (!hasSecret) return null;
  switch (secrets) {
    case 'kept':
      return t('signIn.keyring');
    case 'memoryOnly':
      return t('signIn.noKeyring');
    case 'unknown':
      return null;
  }
}

function firstMode(way: SignInWay): SignInMode {
  if (way.kind !== 'password') return 'usual';
  return way.onlyToken === true ? 'token' : 'password';
}

interface FieldProps {
  readonly name: SignInField;
  readonly field: {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly error: string | null;
    readonly isReadOnly: boolean;
    readonly autoFocus: boolean;
  };
}

function Field({ name, field }: FieldProps) {
  const { t } = useTranslation(['connect', 'common']);
  switch (name) {
    case 'login':
      return <TextField {...field} label={t('connect:signIn.name')} autoComplete="username" />;
    case 'mailLogin':
      return <TextField {...field} label={t('connect:signIn.mailName')} autoComplete="username" />;
    case 'name':
      return <TextField {...field} label={t('connect:signIn.yourName')} autoComplete="name" />;
    case 'email':
      return <TextField {...field} type="email" label={t('connect:signIn.yourEmail')} autoComplete="email" />;
    case 'phone':
      return (
        <TextField
          {...field}
          type="tel"
          label={t('connect:signIn.yourPhone')}
          autoComplete="tel"
          isOptional
        />
      );
    case 'password':
    case 'token':
      return (
        <PasswordField
          {...field}
          label={name === 'token' ? t('connect:signIn.token') : t('connect:signIn.password')}
          {...(name === 'token' ? { description: t('connect:signIn.tokenHelp') } : {})}
          showLabel={t('connect:signIn.show')}
          hideLabel={t('connect:signIn.hide')}
          autoComplete="current-password"
        />
      );
  }
}
