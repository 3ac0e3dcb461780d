import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { surveysWaiting } from '@shared/domain/survey-rules';
import { call } from '../../stores/calls';
import { navigate } from '../../stores/navigation';
import { useOutboxStore } from '../../stores/outbox-store';
import { useTicketStore } from '../../stores/ticket-store';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/environment';

/** The survey that waits longest in view: the latest closed ticket, until it is rated or put off. */
export function SurveyCard() {
  const { t } = useTranslation(['tickets', 'common']);
  const tickets = useTicketStore((state) => state.tickets);
  const dismissed = useTicketStore((state) => state.dismissedSurveys);
  const items = useOutboxStore((state) => state.items);
  const later = useTicketStore((state) => state.laterSurveys);
  const now = useNow();
  const waiting = useMemo(
    () =>
      surveysWaiting([...tickets.values()], [...dismissed], [...items.values()]).filter(
        ({ id }) => (later[id] ?? '') <= now.toISOString(),
      ),
    [tickets, dismissed, items, later, now],
  );
  const [first, ...more] = waiting;
  if (first === undefined) return null;
  return (
    <section className="survey-card" aria-label={t('tickets:survey.title')}>
      <h2 className="survey-card__title">{t('tickets:survey.title')}</h2>
      <p className="survey-card__about">
        <span className="ui-one-line" dir="auto" title={first.summary}>
          {first.summary}
        </span>
        <span className="survey-card__more">
          {more.length > 0 ? t('tickets:survey.more', { count: more.length }) : t('tickets:survey.effort')}
        </span>
      </p>
      <div className="survey-card__actions">
        <Button size="small" onPress={() => navigate({ screen: 'survey', ticketId: first.id })}>
          {t('tickets:survey.rate')}
        </Button>
        <Button size="small" tone="quiet" onPress={() => void call('survey.later', { ticketId: first.id })}>
          {t('tickets:survey.later')}
        </Button>
      </div>
    </section>
  );
}
