import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskOffer } from '@shared/domain/board';
import { connected, useApp } from '../../stores/app-store';
import { Notice } from '../../ui/Notice';
import { usePolicy } from '../../stores/policy';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { ChosenDesk } from './ChosenDesk';
import { FindDesk } from './FindDesk';
import { MailRouteForm } from './MailRouteForm';
import { OfferChoice } from './OfferChoice';
import { SignInToOffer } from './SignInToOffer';
import './connect.css';

/** How far the user has come. */
type Stage =
  /** The desk that the organisation has chosen is asked how one signs in. */
  | { readonly kind: 'chosen' }
  | { readonly kind: 'search' }
  | { readonly kind: 'mail' }
  | { readonly kind: 'choice'; readonly offers: readonly DeskOffer[] }
  | { readonly kind: 'signIn'; readonly offer: DeskOffer; readonly offers: readonly DeskOffer[] };

/** Finds a service desk and signs in to it: one question at a time. */
export function ConnectScreen({ onClose }: { readonly onClose: () => void }) {
  const { desk, features } = usePolicy();
  // Whoever is on the way when the organisation chooses otherwise begins anew.
  return <Steps key={`${desk?.kind} ${desk?.place} ${features.otherDesks}`} onClose={onClose} />;
}

function Steps({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('connect');
  const desk = connected(useApp());
  const { desk: chosen, features } = usePolicy();
  const [stage, setStage] = useState<Stage>({ kind: chosen === null ? 'search' : 'chosen' });
  const [address, setAddress] = useState('');
  const take = (offers: readonly DeskOffer[]) => {
    const [only, ...others] = offers;
    setStage(
      only !== undefined && others.length === 0
        ? { kind: 'signIn', offer: only, offers }
        : { kind: 'choice', offers },
    );
  };
  const search = () => setStage({ kind: 'search' });
  return (
    <div className="connect">
      <ScreenHeader
        title={t('title')}
        {...(stage.kind === 'search' ? { description: t('text') } : {})}
        onBack={onClose}
      />
      {desk !== null && <Notice>{t('leaving', { desk: desk.deskName })}</Notice>}
      {stage.kind === 'chosen' && chosen !== null && (
        <ChosenDesk
          place={chosen.place}
          onFound={take}
          {...(features.otherDesks ? { onOther: search } : {})}
        />
      )}
      {stage.kind === 'search' && (
        <FindDesk
          address={address}
          onAddress={setAddress}
          onFound={take}
          onMail={() => setStage({ kind: 'mail' })}
        />
      )}
      {stage.kind === 'mail' && <MailRouteForm address={address} onFound={take} onBack={search} />}
      {stage.kind === 'choice' && (
        <OfferChoice
          offers={stage.offers}
          onChoose={(offer) => setStage({ kind: 'signIn', offer, offers: stage.offers })}
          onBack={search}
        />
      )}
      {stage.kind === 'signIn' && (
        <SignInToOffer
          offer={stage.offer}
          mayLeave={!stage.offer.managed || features.otherDesks}
          onBack={() =>
            stage.offers.length > 1 ? setStage({ kind: 'choice', offers: stage.offers }) : search()
          }
        />
      )}
    </div>
  );
}
