import { ConciergeBell, LockKeyhole, Mail, Ticket, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BoardKind, DeskOffer } from '@shared/domain/board';

const ICONS: Readonly<Record<BoardKind, LucideIcon>> = {
  practice: ConciergeBell,
  boardApi: ConciergeBell,
  rt: Ticket,
  email: Mail,
};

/** A desk as one recognises it: logo, name, what it is and where. */
export function DeskMark({ offer }: { readonly offer: DeskOffer }) {
  const { t } = useTranslation('connect');
  const Icon = ICONS[offer.kind];
  return (
    <span className="connect-mark">
      <span className="connect-mark__sign" data-logo={offer.logo !== null || undefined} aria-hidden>
        {offer.logo === null ? <Icon size={24} strokeWidth={1.5} /> : <img src={offer.logo} alt="" />}
      </span>
      <span className="connect-mark__words">
        <span className="connect-mark__name" dir="auto">
          {offer.name}
        </span>
        <span className="connect-mark__place">
          {t(`offers.kind.${offer.kind}`)}
          {offer.place !== '' && <> · {offer.place}</>}
        </span>
        {offer.managed && (
          <span className="connect-mark__place">
            <LockKeyhole aria-hidden size={14} strokeWidth={1.75} /> {t('offers.managed')}
          </span>
        )}
      </span>
    </span>
  );
}
