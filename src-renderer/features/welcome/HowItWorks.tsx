import {
  BookUser,
  ListChecks,
  Mail,
  MessageSquareText,
  Phone,
  ThumbsUp,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../stores/app-store';
import { navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { CallSheet } from './CallSheet';
import './welcome.css';

const POINTS = ['say', 'follow', 'rate'] as const;
/** With a desk that is a mailbox there is nothing to follow and to rate here. */
const MAILBOX_POINTS = ['say', 'mail'] as const;
const ICONS: Record<(typeof POINTS | typeof MAILBOX_POINTS)[number], LucideIcon> = {
  say: MessageSquareText,
  follow: ListChecks,
  rate: ThumbsUp,
  mail: Mail,
};

/** The short walk-through, with the numbers to call where they are known (DOMAIN: onboarding on the first day). */
export function HowItWorks() {
  const { t } = useTranslation('welcome');
  const { agreement, capabilities } = useApp();
  const points = capabilities?.read === false ? MAILBOX_POINTS : POINTS;
  return (
    <section className="how" aria-labelledby="how-title">
      <h2 id="how-title" className="how__title">
        {t('how.title')}
      </h2>
      <ol className="how__points">
        {points.map((point) => {
          const Icon = ICONS[point];
          return (
            <li key={point} className="how__point">
              <span className="how__icon" aria-hidden>
                <Icon size={18} strokeWidth={1.75} />
              </span>
              <div>
                <h3>{t(`how.${point}.title`)}</h3>
                <p>{t(`how.${point}.text`)}</p>
              </div>
            </li>
          );
        })}
        <li className="how__point">
          <span className="how__icon" data-tone="urgent" aria-hidden>
            <Phone size={18} strokeWidth={1.75} />
          </span>
          <div>
            <h3>{t('how.urgentTitle')}</h3>
            <p>{t('how.urgent')}</p>
          </div>
        </li>
      </ol>
      {agreement !== null && <CallSheet agreement={agreement} />}
      {agreement !== null && (
        <div>
          <Button icon={BookUser} onPress={() => navigate({ screen: 'callSheet' })}>
            {t('callSheet')}
          </Button>
        </div>
      )}
    </section>
  );
}
