import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskOffer } from '@shared/domain/board';
import { call } from '../../stores/calls';
import { navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { DeskMark } from './DeskMark';
import { SignInForm } from './SignInForm';

export interface SignInToOfferProps {
  readonly offer: DeskOffer;
  /** Whether another desk may be looked for. */
  readonly mayLeave: boolean;
  readonly onBack: () => void;
}

/** The desk that was found, and the way in. */
export function SignInToOffer({ offer, mayLeave, onBack }: SignInToOfferProps) {
  const { t } = useTranslation('connect');
  return (
    <Card>
      <DeskMark offer={offer} />
      <SignInForm
        key={offer.id}
        way={offer.signIn}
        place={offer.place}
        known={{ login: offer.login ?? '', name: '', email: '', phone: '' }}
        signIn={(proof) => call('connection.signIn', { offer: offer.id, proof })}
        onSignedIn={() => navigate({ screen: 'tickets' }, { replace: true })}
        extra={
          mayLeave && (
            <Button tone="quiet" size="small" icon={ArrowLeft} onPress={onBack}>
              {t('offers.other')}
            </Button>
          )
        }
      />
    </Card>
  );
}
