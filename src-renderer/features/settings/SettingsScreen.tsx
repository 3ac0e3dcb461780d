import { CloudAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '@shared/domain/settings';
import { useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { loadSettings } from '../../stores/feed';
import { navigate } from '../../stores/navigation';
import { saveSettings, useSettingsStore } from '../../stores/small-stores';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { SegmentedControl } from '../../ui/SegmentedControl';
import { Skeleton } from '../../ui/Skeleton';
import { Switch } from '../../ui/Switch';
import { TimeField } from '../../ui/TimeField';
import { useAnnounce } from '../../ui/Toast';
import { AccountCard } from './AccountCard';
import { FallbackCard } from './FallbackCard';
import { PracticeCard } from './PracticeCard';
import { ShortcutField } from './ShortcutField';
import './settings.css';

export interface SettingsScreenProps {
  readonly onClose: () => void;
  readonly isWide: boolean;
}

type Save = (patch: Partial<Settings>) => Promise<boolean>;
interface CardProps {
  readonly settings: Settings;
  readonly save: Save;
}

/** What the user can choose. Every change counts at once. */
export function SettingsScreen({ onClose, isWide }: SettingsScreenProps) {
  const { t } = useTranslation(['settings', 'common']);
  const settings = useSettingsStore((state) => state.settings);
  const hasFailed = useSettingsStore((state) => state.hasFailed);
  const announce = useAnnounce();
  const save: Save = async (patch) => {
    const current = useSettingsStore.getState().settings;
    const isStored = current !== null && (await saveSettings({ ...current, ...patch }));
    if (!isStored) announce(t('settings:notSaved'), { tone: 'danger' });
    return isStored;
  };
  return (
    <div className="settings">
      <ScreenHeader title={t('settings:title')} {...(isWide ? { onClose } : { onBack: onClose })} />
      {settings !== null ? (
        <>
          <NotificationCard settings={settings} save={save} />
          <StartCard settings={settings} save={save} />
          <ThemeCard settings={settings} save={save} />
        </>
      ) : hasFailed ? (
        <EmptyState
          icon={CloudAlert}
          title={t('settings:failed.title')}
          actions={<Button onPress={() => void loadSettings()}>{t('common:action.retry')}</Button>}
        >
          {t('settings:failed.text')}
        </EmptyState>
      ) : (
        <Skeleton shape="text" count={6} />
      )}
      <FallbackCard />
      <PracticeCard />
      <AccountCard />
      <AboutCard />
    </div>
  );
}

function NotificationCard({ settings, save }: CardProps) {
  const { t } = useTranslation('settings');
  const isMailbox = useApp().capabilities?.read === false;
  const { notifications } = settings;
  const { quietHours } = notifications;
  const set = (patch: Partial<Settings['notifications']>) =>
    void save({ notifications: { ...notifications, ...patch } });
  return (
    <Card title={t('notifications.title')}>
      <Switch
        label={t('notifications.enabled')}
        description={t(isMailbox ? 'notifications.enabledTextMailbox' : 'notifications.enabledText')}
        isSelected={notifications.enabled}
        onChange={(enabled) => set({ enabled })}
      />
      <Switch
        label={t('notifications.hideDetails')}
        description={t('notifications.hideDetailsText')}
        isSelected={notifications.hideDetails}
        isDisabled={!notifications.enabled}
        onChange={(hideDetails) => set({ hideDetails })}
      />
      <Switch
        label={t('notifications.quiet')}
        description={t('notifications.quietText')}
        isSelected={quietHours.enabled}
        isDisabled={!notifications.enabled}
        onChange={(enabled) => set({ quietHours: { ...quietHours, enabled } })}
      />
      {quietHours.enabled && notifications.enabled && (
        <QuietTimes hours={quietHours} onChange={(next) => set({ quietHours: next })} />
      )}
    </Card>
  );
}

type QuietHours = Settings['notifications']['quietHours'];

/** Keeps half-typed times on screen and stores only whole and different ones. */
function QuietTimes({
  hours,
  onChange,
}: {
  readonly hours: QuietHours;
  readonly onChange: (next: QuietHours) => void;
}) {
  const { t } = useTranslation('settings');
  const [typed, setTyped] = useState({ from: hours.from, to: hours.to });
  const change = (patch: Partial<typeof typed>) => {
    const next = { ...typed, ...patch };
    setTyped(next);
    if (next.from !== '' && next.to !== '' && next.from !== next.to) onChange({ ...hours, ...next });
  };
  const error = typed.from !== '' && typed.from === typed.to ? t('notifications.sameTime') : null;
  return (
    <div className="settings__times">
      <TimeField label={t('notifications.from')} value={typed.from} onChange={(from) => change({ from })} />
      <TimeField
        label={t('notifications.to')}
        value={typed.to}
        onChange={(to) => change({ to })}
        error={error}
      />
    </div>
  );
}

function StartCard({ settings, save }: CardProps) {
  const { t } = useTranslation('settings');
  const app = useApp();
  return (
    <Card title={t('start.title')}>
      <ShortcutField
        label={t('shortcut.label')}
        state={app.shortcut}
        value={settings.shortcut}
        onChange={(shortcut) => save({ shortcut })}
      />
      <ShortcutField
        label={t('shortcut.screenshotLabel')}
        state={app.screenshotShortcut}
        value={settings.screenshotShortcut}
        onChange={(screenshotShortcut) => save({ screenshotShortcut })}
      />
      <Switch
        label={t('start.atLogin')}
        description={t('start.atLoginText')}
        isSelected={settings.startAtLogin}
        onChange={(startAtLogin) => void save({ startAtLogin })}
      />
    </Card>
  );
}

const THEMES = ['system', 'light', 'dark'] as const;

function ThemeCard({ settings, save }: CardProps) {
  const { t } = useTranslation('settings');
  const choose = (theme: Settings['theme']) => {
    void call('app.setTheme', { theme });
    void save({ theme });
  };
  return (
    <Card title={t('theme.title')}>
      <div>
        <SegmentedControl
          label={t('theme.label')}
          segments={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={settings.theme}
          onChange={choose}
        />
      </div>
    </Card>
  );
}

function AboutCard() {
  const { t } = useTranslation(['settings', 'common']);
  const { version } = useApp();
  return (
    <Card title={t('settings:about.title')}>
      <p className="settings__about">
        <span>
          {t('common:app.name')}{' '}
          <span className="settings__version" data-numeric>
            {version}
          </span>
        </span>
        <Button size="small" onPress={() => navigate({ screen: 'welcome' })}>
          {t('settings:about.tour')}
        </Button>
      </p>
    </Card>
  );
}
