import { useTranslation } from 'react-i18next';
import type { Agreement } from '@shared/domain/agreement';
import { holidaysAhead, openingRows, type OpeningRow } from '@shared/domain/agreement-words';
import { hoursAt, hoursWord, isTimeZone } from '@shared/domain/hours';
import { calendarDayOf, clockOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { Card } from '../../ui/Card';
import { useNow } from '../../ui/environment';

/** How many holidays are told. */
const HOLIDAYS = 6;

/** Open or closed now, the week, and the holidays to come (guide, chapter 6). */
export function Hours({ agreement: { hours } }: { readonly agreement: Agreement }) {
  const { t } = useTranslation(['callSheet', 'common']);
  const app = useApp();
  const now = useNow();
  const state = hoursAt(hours, now);
  const word = hoursWord(state, now, app);
  const rows = openingRows(hours.week);
  const isElsewhere = hours.timeZone !== app.timeZone && isTimeZone(hours.timeZone);
  return (
    <Card title={t('hours.title')}>
      <p className="call-sheet-screen__now" data-open={state.open || undefined}>
        {t(`common:${word.key}`, word.params)}
      </p>
      {rows.length === 0 ? (
        <p>{t('hours.unknown')}</p>
      ) : (
        <dl className="call-sheet-screen__facts">
          {rows.map((row) => (
            <WeekRow key={row.from} row={row} locale={app.locale} />
          ))}
        </dl>
      )}
      {isElsewhere && rows.length > 0 && (
        <p className="call-sheet-screen__quiet">
          {t('hours.zone', {
            zone: hours.timeZone.replaceAll('_', ' '),
            time: clockOf(now, { locale: app.locale, timeZone: hours.timeZone }),
          })}
        </p>
      )}
      <Holidays agreement={hours} locale={app.locale} now={now} />
      <p className="call-sheet-screen__quiet">{t('hours.emergencies')}</p>
    </Card>
  );
}

function WeekRow({ row, locale }: { readonly row: OpeningRow; readonly locale: string }) {
  const { t } = useTranslation('callSheet');
  const time = (wall: string) => clockOf(`1970-01-01T${wall}:00.000Z`, { locale, timeZone: 'UTC' });
  const spans = row.spans.map(({ from, to }) => t('hours.span', { from: time(from), to: time(to) }));
  const [from, to] = [weekday(row.from, locale), weekday(row.to, locale)];
  return (
    <div>
      <dt>
        {row.from === row.to
          ? from
          : t(row.to - row.from === 1 ? 'hours.twoDays' : 'hours.days', { from, to })}
      </dt>
      <dd data-numeric>{spans.length === 0 ? t('hours.closed') : spans.join(', ')}</dd>
    </div>
  );
}

/** 1970-01-05 was a Monday. */
const weekday = (day: number, locale: string): string =>
  calendarDayOf(`1970-01-${String(4 + day).padStart(2, '0')}`, locale, { weekday: 'long' });

function Holidays(props: {
  readonly agreement: Agreement['hours'];
  readonly locale: string;
  readonly now: Date;
}) {
  const { t } = useTranslation('callSheet');
  const ahead = holidaysAhead(props.agreement, props.now, HOLIDAYS);
  if (ahead.length === 0) return <p className="call-sheet-screen__quiet">{t('hours.noHolidays')}</p>;
  return (
    <>
      <h3 className="call-sheet-screen__sub">{t('hours.holidays')}</h3>
      <dl className="call-sheet-screen__facts">
        {ahead.map(({ day, name }) => (
          <div key={day}>
            <dt>{calendarDayOf(day, props.locale)}</dt>
            <dd dir="auto">{name}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
