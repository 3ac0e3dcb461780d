import { useTranslation } from 'react-i18next';
import type { IntakeDraft } from '@shared/domain/draft';
import { triage } from '@shared/domain/triage';
import { useUi } from '../../ui/environment';

/** How the service desk will probably see it, with the reasons; quiet, because it only explains. */
export function TriageNote({ intake }: { readonly intake: IntakeDraft }) {
  const { t } = useTranslation('newTicket');
  const { locale } = useUi();
  const found = triage(intake);
  if (found === null) return null;
  const reasons = new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    found.reasons.map((reason) => t(`triage.reason.${reason}`)),
  );
  return (
    <section className="new-ticket__triage" aria-label={t('triage.title')}>
      <p>
        {t('triage.levels', {
          impact: t(`triage.level.${found.impact}`),
          urgency: t(`triage.level.${found.urgency}`),
        })}
      </p>
      {found.reasons.length > 0 && (
        <p className="new-ticket__quiet">
          {t('triage.because', { reasons })} {t('triage.note')}
        </p>
      )}
    </section>
  );
}
