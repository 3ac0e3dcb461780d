import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { I18nextProvider } from 'react-i18next';
import { APP_NAME, createTranslator } from '@shared/locales';
import { useAppStore } from '../stores/app-store';
import { usePolicy } from '../stores/policy';
import { UiProvider } from '../ui/environment';
import { ToastProvider } from '../ui/Toast';
import { paintBrand } from './brand';
import { ErrorBoundary } from './ErrorBoundary';
import { Frame } from './Frame';
import { LostScreen } from './LostScreen';
import { directionOf, uiEnvironment } from './ui-environment';

/** How often the times on screen are told anew. */
const TICK_MS = 20_000;

/** Everything in the window: words, time, and the frame once main has answered. */
export function App() {
  const app = useAppStore((state) => state.app);
  const isLost = useAppStore((state) => state.isLost);
  const locale = app?.locale ?? navigator.language;
  const timeZone = app?.timeZone ?? 'UTC';
  const platform = app?.platform ?? 'linux';
  const { name, accentLight, accentDark } = usePolicy().branding;
  const translator = useMemo(
    () => createTranslator(locale, undefined, () => name ?? APP_NAME),
    [locale, name],
  );
  const environment = useMemo(
    () => uiEnvironment({ t: translator.t, locale: translator.language, timeZone, platform }),
    [translator, timeZone, platform],
  );
  const now = useTicking(app?.clockOffset ?? 0);

  useEffect(() => {
    document.documentElement.lang = translator.language;
    document.documentElement.dir = directionOf(translator.language);
    document.documentElement.dataset.platform = platform;
  }, [translator, platform]);
  useLayoutEffect(() => paintBrand(accentLight, accentDark), [accentLight, accentDark]);

  return (
    <I18nextProvider i18n={translator}>
      <I18nProvider locale={translator.language}>
        <UiProvider environment={environment} now={now}>
          <ToastProvider>
            <ErrorBoundary resetKey="window">
              {app !== null ? <Frame /> : isLost ? <LostScreen /> : null}
            </ErrorBoundary>
          </ToastProvider>
        </UiProvider>
      </I18nProvider>
    </I18nextProvider>
  );
}

/** The current time by main's clock: every 20 seconds, and at once when the window comes back to view. */
function useTicking(offset: number): Date {
  const [now, setNow] = useState(() => new Date(Date.now() + offset));
  useEffect(() => {
    const tick = () => setNow(new Date(Date.now() + offset));
    tick();
    const tickIfVisible = () => !document.hidden && tick();
    const timer = setInterval(tickIfVisible, TICK_MS);
    document.addEventListener('visibilitychange', tickIfVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tickIfVisible);
    };
  }, [offset]);
  return now;
}
