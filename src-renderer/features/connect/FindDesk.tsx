import { Mail, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOffer } from '@shared/domain/board';
import { call } from '../../stores/calls';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/TextField';
import { ProblemNotice, type ShownProblem } from './ProblemNotice';

export interface FindDeskProps {
  readonly address: string;
  readonly onAddress: (address: string) => void;
  readonly onFound: (offers: readonly DeskOffer[]) => void;
  readonly onMail: () => void;
}

/** One field that takes an address or an e-mail domain, and what is wrong when nothing is found. */
export function FindDesk({ address, onAddress, onFound, onMail }: FindDeskProps) {
  const { t } = useTranslation('connect');
  const [isLooking, setLooking] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const find = async () => {
    setEmpty(address.trim() === '');
    setProblem(null);
    if (address.trim() === '' || isLooking) return;
    setLooking(true);
    const answer = await call('connection.find', { address });
    setLooking(false);
    if (!answer.ok) setProblem({ problem: 'failed', place: address });
    else if (answer.value.kind === 'found') onFound(answer.value.offers);
    else if (answer.value.problem !== 'cancelled') setProblem(answer.value);
  };
  return (
    <Card>
      <form
        className="connect__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <TextField
          label={t('address.label')}
          description={t('address.help')}
          value={address}
          onChange={(value) => {
            onAddress(value);
            setEmpty(false);
          }}
          error={isEmpty ? t('address.empty') : null}
          autoComplete="email"
          isReadOnly={isLooking}
          autoFocus
        />
        <div className="connect__actions">
          <Button type="submit" tone="primary" icon={Search} isPending={isLooking}>
            {t('address.find')}
          </Button>
          {isLooking && (
            <Button onPress={() => void call('connection.cancelSignIn')}>{t('address.stop')}</Button>
          )}
        </div>
        {isLooking && (
          <p className="connect__quiet" role="status">
            {t('address.finding', { place: address.trim() })}
          </p>
        )}
        {problem !== null && <ProblemNotice {...problem} />}
      </form>
      <div>
        <Button tone="quiet" size="small" icon={Mail} onPress={onMail}>
          {t('byMail.open')}
        </Button>
      </div>
    </Card>
  );
}
