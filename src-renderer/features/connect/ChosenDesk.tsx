import { RefreshCw } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Envelope } from '@shared/contract';
import type { DeskOffer, FindAnswer } from '@shared/domain/board';
import { call } from '../../stores/calls';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ProblemNotice, type ShownProblem } from './ProblemNotice';

export interface ChosenDeskProps {
  /** Where it is, for people. */
  readonly place: string;
  readonly onFound: (offers: readonly DeskOffer[]) => void;
  /** Looks for another desk; left out where there may be none. */
  readonly onOther?: () => void;
}

/** Asks the desk that the organisation has chosen how one signs in there; nobody types an address. */
export function ChosenDesk({ place, onFound, onOther }: ChosenDeskProps) {
  const { t } = useTranslation('connect');
  const [round, setRound] = useState(0);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const take = useEffectEvent((answer: Envelope<FindAnswer>) => {
    if (!answer.ok) setProblem({ problem: 'failed', place });
    else if (answer.value.kind === 'found') onFound(answer.value.offers);
    else setProblem(answer.value);
  });
  useEffect(() => {
    let isOver = false;
    void call('connection.find', { address: '' }).then((answer) => {
      if (!isOver) take(answer);
    });
    return () => {
      isOver = true;
    };
  }, [round, place]);
  const again = () => {
    setProblem(null);
    setRound((before) => before + 1);
  };
  return (
    <Card>
      {problem === null ? (
        <p className="connect__quiet" role="status">
          {t('address.finding', { place })}
        </p>
      ) : (
        <ProblemNotice {...problem} />
      )}
      <div className="connect__actions">
        {problem !== null && (
          <Button tone="primary" icon={RefreshCw} onPress={again}>
            {t('chosen.again')}
          </Button>
        )}
        {onOther !== undefined && (
          <Button tone="quiet" size="small" onPress={onOther}>
            {t('chosen.other')}
          </Button>
        )}
      </div>
    </Card>
  );
}
