import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PracticeChange } from '@shared/contract';
import { PRACTICE_HOURS, STANDINGS } from '@shared/domain/agreement';
import { ongoingOutages } from '@shared/domain/outage';
import { practiceHoursOf } from '@shared/domain/practice-hours';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { Card } from '../../ui/Card';
import { useNow } from '../../ui/environment';
import { Switch } from '../../ui/Switch';
import { SegmentedControl } from '../../ui/SegmentedControl';
import { useAnnounce } from '../../ui/Toast';

const AFTER_HOURS = ['included', 'charged'] as const;
const KINDS = ['traditional', 'remoteOnly', 'coManaged'] as const;

/** Only while practising: switches the cases of the agreement, so that all of them can be seen. */
export function PracticeCard() {
  const { t } = useTranslation('settings');
  const app = useApp();
  const now = useNow();
  const announce = useAnnounce();
  const [isPending, setPending] = useState(false);
  const { agreement } = app;
  if (connected(app)?.board !== 'practice' || agreement === null) return null;
  const change = async (wanted: PracticeChange) => {
    if (isPending) return;
    setPending(true);
    const answer = await call('practice.change', wanted);
    setPending(false);
    if (!answer.ok) announce(t('practice.failed'), { tone: 'danger' });
  };
  return (
    <Card title={t('practice.title')} description={t('practice.text')}>
      <Row label={t('practice.hours')}>
        <SegmentedControl
          label={t('practice.hours')}
          segments={PRACTICE_HOURS.map((value) => ({ value, label: t(`practice.hoursOf.${value}`) }))}
          value={practiceHoursOf(agreement.hours, now)}
          onChange={(hours) => void change({ hours })}
        />
      </Row>
      <Row label={t('practice.afterHours')}>
        <SegmentedControl
          label={t('practice.afterHours')}
          segments={AFTER_HOURS.map((value) => ({ value, label: t(`practice.afterHoursOf.${value}`) }))}
          value={agreement.afterHours}
          onChange={(afterHours) => void change({ afterHours })}
        />
      </Row>
      <Row label={t('practice.standing')}>
        <SegmentedControl
          label={t('practice.standing')}
          segments={STANDINGS.map((value) => ({ value, label: t(`practice.standings.${value}`) }))}
          value={agreement.standing}
          onChange={(standing) => void change({ standing })}
        />
      </Row>
      <Row label={t('practice.kind')}>
        <SegmentedControl
          label={t('practice.kind')}
          segments={KINDS.map((value) => ({ value, label: t(`practice.kindOf.${value}`) }))}
          value={agreement.kind}
          onChange={(kind) => void change({ kind })}
        />
      </Row>
      <Switch
        label={t('practice.outage')}
        description={t('practice.outageText')}
        isSelected={ongoingOutages(app.announcements).length > 0}
        isDisabled={isPending}
        onChange={(outage) => void change({ outage })}
      />
    </Card>
  );
}

/** The control says its own name to screen readers. */
function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="settings__practice">
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}
