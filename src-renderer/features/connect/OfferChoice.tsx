import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskOffer } from '@shared/domain/board';
import { Button } from '../../ui/Button';
import { DeskMark } from './DeskMark';

export interface OfferChoiceProps {
  readonly offers: readonly DeskOffer[];
  readonly onChoose: (offer: DeskOffer) => void;
  readonly onBack: () => void;
}

/** Several desks answer: the user says which one is theirs. */
export function OfferChoice({ offers, onChoose, onBack }: OfferChoiceProps) {
  const { t } = useTranslation('connect');
  return (
    <section className="connect__choice" aria-labelledby="connect-choice">
      <h2 id="connect-choice" className="ui-card__title">
        {t('offers.title')}
      </h2>
      <ul className="connect__offers">
        {offers.map((offer, index) => (
          <li key={offer.id}>
            <button
              type="button"
              className="connect-offer"
              autoFocus={index === 0}
              onClick={() => onChoose(offer)}
            >
              <DeskMark offer={offer} />
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" icon={ArrowLeft} onPress={onBack}>
          {t('byMail.back')}
        </Button>
      </div>
    </section>
  );
}
