import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { usePolicy } from '../../stores/policy';
import { Card } from '../../ui/Card';
import { DeskMark } from './DeskMark';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { SignInForm } from './SignInForm';
import './connect.css';

/** Signs in again to the desk that is connected. Leaves by itself when nobody has to sign in (any more). */
export function SignInScreen({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('connect');
  const desk = connected(useApp());
  const { branding, desk: chosen, isOtherDesk } = usePolicy();
  const isChosen = chosen !== null && !isOtherDesk;
  const isNeeded = desk !== null && desk.reach === 'signedOut';
  const leave = useEffectEvent(onClose);
  useEffect(() => {
    if (!isNeeded) leave();
  }, [isNeeded]);
  if (desk === null) return null;
  const { board: kind, deskName: name, place, signIn } = desk;
  return (
    <div className="connect">
      <ScreenHeader
        title={t('signIn.againTitle')}
        description={t('signIn.againText', { name })}
        onBack={onClose}
      />
      <Card>
        <DeskMark
          offer={{
            id: 'current',
            kind,
            name,
            place,
            logo: isChosen ? branding.logo : null,
            signIn,
            managed: isChosen,
          }}
        />
        <SignInForm
          way={signIn}
          place={place}
          known={{ login: desk.login, ...desk.person }}
          signIn={(proof) => call('connection.signInAgain', { proof })}
          onSignedIn={onClose}
        />
      </Card>
    </div>
  );
}
