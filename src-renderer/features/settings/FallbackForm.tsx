import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInProblem } from '@shared/domain/board';
import type { Fallback, FallbackView } from '@shared/domain/fallback';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import {
  guessMailHost,
  looksLikeAddress,
  MAIL_PORTS,
  mailRouteProblems,
  OFFERED_SECURITIES,
  portFor,
  type OfferedSecurity,
} from '../../stores/mail-route-fields';
import { useProblemWords } from '../../stores/sign-in-problem';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { PasswordField } from '../../ui/PasswordField';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';

export interface FallbackFormProps {
  readonly view: FallbackView;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

interface Values {
  readonly deskAddress: string;
  readonly billingAddress: string;
  readonly host: string;
  readonly port: string;
  readonly security: OfferedSecurity;
  readonly signIn: boolean;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
}

/** Mail server, mailboxes and sender; kept when the mail server lets the user in with them. */
export function FallbackForm({ view, onDone, onCancel }: FallbackFormProps) {
  const { t } = useTranslation(['settings', 'connect']);
  const { t: common } = useTranslation();
  const announce = useAnnounce();
  const app = useApp();
  const [values, setValues] = useState<Values>(() => firstValues(view.fallback, connected(app)?.person));
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const wordsOf = useProblemWords();
  const edit = (patch: Partial<Values>) => setValues((before) => ({ ...before, ...patch }));
  const field = (name: Exclude<keyof Values, 'signIn' | 'security'>) => ({
    value: values[name],
    onChange: (value: string) => edit({ [name]: value }),
    error: isChecked ? errorOf(name) : null,
  });
  const route = mailRouteProblems(values);
  function errorOf(name: keyof Values): string | null {
    switch (name) {
      case 'deskAddress':
      case 'host':
      case 'port':
        return route[name] === null ? null : t(`connect:byMail.${route[name]}`);
      case 'billingAddress':
        return values.billingAddress.trim() === '' || looksLikeAddress(values.billingAddress)
          ? null
          : t('connect:byMail.notAddress');
      case 'email':
        return looksLikeAddress(values.email) ? null : t('connect:byMail.notAddress');
      case 'name':
        return values.name.trim() === '' ? t('settings:fallback.missing') : null;
      case 'password':
        return values.signIn && values.password === '' && !view.hasPassword
          ? t('settings:fallback.missing')
          : null;
      case 'login':
      case 'signIn':
      case 'security':
        return null;
    }
  }
  const submit = async () => {
    setChecked(true);
    setProblem(null);
    if (isPending || (Object.keys(values) as (keyof Values)[]).some((name) => errorOf(name) !== null)) return;
    setPending(true);
    const password = values.signIn && values.password !== '' ? values.password : null;
    const answer = await call('fallback.set', { fallback: fallbackOf(values, view.fallback), password });
    setPending(false);
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    if (answer.value.kind === 'refused') return setProblem(answer.value.problem);
    announce(t('settings:fallback.kept'), { tone: 'good' });
    onDone();
  };
  return (
    <form
      className="settings__form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {!view.isManaged && <RouteFields values={values} edit={edit} field={field} />}
      {values.signIn && (
        <>
          <TextField label={t('settings:fallback.login')} placeholder={values.email} {...field('login')} />
          <PasswordField
            label={t('settings:fallback.password')}
            showLabel={t('connect:signIn.show')}
            hideLabel={t('connect:signIn.hide')}
            {...(view.hasPassword ? { description: t('settings:fallback.passwordKept') } : {})}
            {...field('password')}
          />
        </>
      )}
      <TextField label={t('settings:fallback.yourName')} {...field('name')} />
      <TextField label={t('settings:fallback.yourEmail')} type="email" {...field('email')} />
      {!view.isManaged && (
        <TextField
          label={t('settings:fallback.billing')}
          description={t('settings:fallback.billingHelp')}
          type="email"
          isOptional
          {...field('billingAddress')}
        />
      )}
      {problem !== null && (
        <Notice tone="warning" live="assertive" title={wordsOf(problem, values.host, true).title}>
          {wordsOf(problem, values.host, true).text}
        </Notice>
      )}
      <div className="settings__actions">
        <Button type="submit" tone="primary" isPending={isPending}>
          {t('settings:fallback.keep')}
        </Button>
        <Button tone="quiet" onPress={onCancel}>
          {t('settings:fallback.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface RouteFieldsProps {
  readonly values: Values;
  readonly edit: (patch: Partial<Values>) => void;
  readonly field: (name: 'deskAddress' | 'host' | 'port') => {
    readonly value: string;
    readonly onChange: (value: string) => void;
    readonly error: string | null;
  };
}

/** The mail server and where it goes; an organisation may have set them. */
function RouteFields({ values, edit, field }: RouteFieldsProps) {
  const { t } = useTranslation(['settings', 'connect']);
  return (
    <>
      <TextField label={t('connect:byMail.deskAddress')} type="email" autoFocus {...field('deskAddress')} />
      <TextField
        label={t('connect:byMail.host')}
        description={t('connect:byMail.hostHelp')}
        {...field('host')}
      />
      <div className="settings__pair">
        <Select
          label={t('connect:byMail.security')}
          options={OFFERED_SECURITIES.map((value) => ({
            value,
            label: t(`connect:byMail.securities.${value}`),
          }))}
          value={values.security}
          onChange={(security) => edit({ security, port: portFor(security, values.port) })}
        />
        <TextField label={t('connect:byMail.port')} {...field('port')} />
      </div>
      <Switch
        label={t('settings:fallback.signIn')}
        isSelected={values.signIn}
        onChange={(signIn) => edit({ signIn })}
      />
    </>
  );
}

function firstValues(
  kept: Fallback | null,
  person: { readonly name: string; readonly email: string } | undefined,
): Values {
  const email = kept?.sender.email ?? person?.email ?? '';
  const security = kept === null || kept.route.security === 'none' ? 'starttls' : kept.route.security;
  return {
    deskAddress: kept?.route.deskAddress ?? '',
    billingAddress: kept?.route.billingAddress ?? '',
    host: kept?.route.host ?? guessMailHost(email),
    port: kept === null ? MAIL_PORTS[security] : String(kept.route.port),
    security,
    signIn: kept?.route.signIn ?? true,
    login: kept?.login ?? '',
    password: '',
    name: kept?.sender.name ?? person?.name ?? '',
    email,
  };
}

function fallbackOf(values: Values, kept: Fallback | null): Fallback {
  const billing = values.billingAddress.trim();
  const email = values.email.trim();
  return {
    route: {
      host: values.host.trim(),
      port: Number(values.port),
      security: values.security,
      signIn: values.signIn,
      deskAddress: values.deskAddress.trim(),
      billingAddress: billing === '' ? null : billing,
    },
    sender: { name: values.name.trim(), email, phone: kept?.sender.phone ?? '' },
    login: values.signIn ? values.login.trim() || email : '',
    offerAfterMinutes: kept === null ? 60 : kept.offerAfterMinutes,
  };
}
