import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { IntakeDraft } from '@shared/domain/draft';
import {
  firstDeviceChoice,
  goesAlong,
  type DeviceChoice,
  type DeviceLine,
  type DeviceReport,
} from '@shared/domain/device';
import { call } from '../../stores/calls';
import { saveSettings, useSettingsStore } from '../../stores/small-stores';
import { useUi } from '../../ui/environment';
import { deviceLines, type DeviceWords } from './device-words';

/** What is known about this computer, and what of it goes along. */
export interface DeviceView {
  readonly phase: 'looking' | 'known' | 'failed';
  readonly report: DeviceReport;
  /** Every line, in the words in which it is shown and sent. */
  readonly lines: readonly DeviceLine[];
  readonly choice: DeviceChoice;
  readonly words: DeviceWords;
  /** Keeps a choice for this ticket and the next; resolves with whether it could be kept. */
  readonly choose: (choice: DeviceChoice) => Promise<boolean>;
  readonly lookAgain: () => void;
}

const NOTHING: DeviceReport = { readings: [] };

/** The lines on screen that go along, nothing else: what is not shown cannot be sent. */
const useShown = create<{ readonly lines: readonly DeviceLine[] }>(() => ({ lines: [] }));

/** An intake with exactly the lines about this computer that are on screen. */
export const withShownDevice = (intake: IntakeDraft): IntakeDraft => ({
  ...intake,
  device: [...useShown.getState().lines],
});

/** Looks at this computer when the form opens, and keeps what goes along in step with what is shown. */
export function useDevice(): DeviceView {
  const { t } = useTranslation('device');
  const { locale } = useUi();
  const settings = useSettingsStore((state) => state.settings);
  const [unkept, setUnkept] = useState<DeviceChoice | null>(null);
  const [round, setRound] = useState(0);
  const [seen, setSeen] = useState<{ readonly phase: DeviceView['phase']; readonly report: DeviceReport }>({
    phase: 'looking',
    report: NOTHING,
  });
  useEffect(() => {
    let isOver = false;
    void call('device.collect').then((answer) => {
      if (isOver) return;
      setSeen(answer.ok ? { phase: 'known', report: answer.value } : { phase: 'failed', report: NOTHING });
    });
    return () => {
      isOver = true;
    };
  }, [round]);

  const words = useMemo(() => ({ t, locale }), [t, locale]);
  const lines = useMemo(() => deviceLines(seen.report, words), [seen.report, words]);
  const choice = unkept ?? settings?.device ?? ASK;
  useLayoutEffect(() => {
    useShown.setState({ lines: lines.filter(({ key }) => goesAlong(choice, key)) });
  }, [lines, choice]);
  useEffect(() => () => useShown.setState({ lines: [] }), []);

  const choose = useCallback(async (next: DeviceChoice) => {
    // It counts at once, whatever becomes of the settings.
    setUnkept(next);
    const current = useSettingsStore.getState().settings;
    const isKept = current !== null && (await saveSettings({ ...current, device: next }));
    if (isKept) setUnkept((latest) => (latest === next ? null : latest));
    return isKept;
  }, []);
  const lookAgain = useCallback(() => {
    setSeen({ phase: 'looking', report: NOTHING });
    setRound((before) => before + 1);
  }, []);
  return { ...seen, lines, choice, words, choose, lookAgain };
}

const ASK = firstDeviceChoice();
