import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOffer } from '@shared/domain/board';
import { call } from '../../stores/calls';
import {
  guessMailHost,
  MAIL_PORTS,
  mailRouteProblems,
  OFFERED_SECURITIES,
  portFor,
  type OfferedSecurity,
} from '../../stores/mail-route-fields';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import { ProblemNotice, type ShownProblem } from './ProblemNotice';

export interface MailRouteFormProps {
  /** What was typed in the search. */
  readonly address: string;
  readonly onFound: (offers: readonly DeskOffer[]) => void;
  readonly onBack: () => void;
}

/** A desk that can only be written to: its mailbox, and the mail server to send with. */
export function MailRouteForm({ address, onFound, onBack }: MailRouteFormProps) {
  const { t } = useTranslation('connect');
  const [desk, setDesk] = useState('');
  const [host, setHost] = useState(guessMailHost(address));
  const [security, setSecurity] = useState<OfferedSecurity>('starttls');
  const [port, setPort] = useState<string>(MAIL_PORTS.starttls);
  const [asksPassword, setAsksPassword] = useState(true);
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const wrong = mailRouteProblems({ deskAddress: desk, host, port });
  const errorOf = (field: keyof typeof wrong): string | null =>
    isChecked && wrong[field] !== null ? t(`byMail.${wrong[field]}`) : null;
  const submit = async () => {
    setChecked(true);
    setProblem(null);
    if (isPending || Object.values(wrong).some((one) => one !== null)) return;
    setPending(true);
    const answer = await call('connection.byMail', {
      host: host.trim(),
      port: Number(port),
      security,
      signIn: asksPassword,
      deskAddress: desk.trim(),
    });
    setPending(false);
    if (!answer.ok) setProblem({ problem: 'failed', place: host });
    else if (answer.value.kind === 'found') onFound(answer.value.offers);
    else setProblem(answer.value);
  };
  const choose = (next: OfferedSecurity) => {
    setPort(portFor(next, port));
    setSecurity(next);
  };
  return (
    <Card title={t('byMail.title')} description={t('byMail.text')}>
      <form
        className="connect__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={t('byMail.deskAddress')}
          type="email"
          value={desk}
          onChange={setDesk}
          error={errorOf('deskAddress')}
          autoFocus
        />
        <TextField
          label={t('byMail.host')}
          description={t('byMail.hostHelp')}
          value={host}
          onChange={setHost}
          error={errorOf('host')}
        />
        <div className="connect__pair">
          <Select
            label={t('byMail.security')}
            options={OFFERED_SECURITIES.map((value) => ({ value, label: t(`byMail.securities.${value}`) }))}
            value={security}
            onChange={choose}
          />
          <TextField label={t('byMail.port')} value={port} onChange={setPort} error={errorOf('port')} />
        </div>
        <Switch label={t('byMail.signIn')} isSelected={asksPassword} onChange={setAsksPassword} />
        {problem !== null && <ProblemNotice {...problem} ofMail />}
        <div className="connect__actions">
          <Button type="submit" tone="primary" icon={ArrowRight} isPending={isPending}>
            {t('byMail.continue')}
          </Button>
          <Button tone="quiet" size="small" icon={ArrowLeft} onPress={onBack}>
            {t('byMail.back')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
