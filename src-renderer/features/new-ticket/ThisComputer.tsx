import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEVICE_KEYS, goesAlong, withAll, withLine, type DeviceKey } from '@shared/domain/device';
import { useLock, useOffers } from '../../stores/policy';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Switch } from '../../ui/Switch';
import { useAnnounce } from '../../ui/Toast';
import { shortFacts } from './device-words';
import { useDevice, type DeviceView } from './use-device';
import './this-computer.css';

/** What goes along about this computer, where the organisation lets anything. */
export function ThisComputer() {
  return useOffers('deviceFacts') ? <Facts /> : null;
}

/** The facts in short; the whole list is one step away. Asks the first time. */
function Facts() {
  const { t } = useTranslation('device');
  const device = useDevice();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="this-computer">
      <Short device={device} />
      <div>
        <button
          type="button"
          className="new-ticket__link"
          aria-label={t('card.openNamed')}
          onClick={() => setOpen(true)}
        >
          {t('card.open')}
        </button>
      </div>
      <Lines device={device} isOpen={isOpen} onClose={() => setOpen(false)} />
    </div>
  );
}

function Short({ device }: { readonly device: DeviceView }) {
  const { t } = useTranslation('device');
  const choose = useChoose(device);
  const { phase, choice, report, words } = device;
  if (choice.consent === 'ask') {
    return (
      <>
        <p className="this-computer__ask">{t('card.ask')}</p>
        <div className="this-computer__answers">
          <Button size="small" onPress={() => choose(withAll(choice, true))}>
            {t('card.allow')}
          </Button>
          <Button size="small" tone="quiet" onPress={() => choose(withAll(choice, false))}>
            {t('card.refuse')}
          </Button>
        </div>
      </>
    );
  }
  if (choice.consent === 'no') return <p className="new-ticket__quiet">{t('card.nothing')}</p>;
  if (phase !== 'known') {
    return (
      <p className="new-ticket__quiet" role="status">
        {t(phase === 'looking' ? 'card.looking' : 'card.failed')}
      </p>
    );
  }
  const { lines, more } = shortFacts(report, (key) => goesAlong(choice, key), words);
  return (
    <ul className="new-ticket__along">
      {lines.map((line) => (
        <li key={line} dir="auto">
          {line}
        </li>
      ))}
      {more > 0 && <li>{t('card.more', { count: more })}</li>}
    </ul>
  );
}

function Lines(props: {
  readonly device: DeviceView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { device, isOpen, onClose } = props;
  const { t } = useTranslation('device');
  const choose = useChoose(device);
  const lock = useLock()('device');
  const { phase, lines, choice, lookAgain } = device;
  const isOn = DEVICE_KEYS.some((key) => goesAlong(choice, key));
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('dialog.title')}
      size="large"
      actions={
        <>
          <Button tone="quiet" onPress={lookAgain} isPending={phase === 'looking'}>
            {t('dialog.again')}
          </Button>
          <Button tone="primary" onPress={onClose}>
            {t('dialog.done')}
          </Button>
        </>
      }
    >
      <div className="this-computer__dialog">
        <Switch
          label={t('dialog.all')}
          isSelected={isOn}
          onChange={(goes) => choose(withAll(choice, goes))}
          lock={lock}
        />
        <p className="new-ticket__quiet">{t(isOn ? 'dialog.intro' : 'dialog.off')}</p>
        {phase === 'known' ? (
          <ul className="this-computer__lines" aria-label={t('dialog.lines')}>
            {lines.map(({ key, value }) => (
              <Line
                key={key}
                name={key}
                value={value}
                goes={goesAlong(choice, key)}
                isLocked={lock !== undefined}
                onChange={(goes) => choose(withLine(choice, key, goes))}
              />
            ))}
          </ul>
        ) : (
          <p role="status">{t(phase === 'looking' ? 'card.looking' : 'dialog.failed')}</p>
        )}
      </div>
    </Dialog>
  );
}

function Line(props: {
  readonly name: DeviceKey;
  readonly value: string;
  readonly goes: boolean;
  readonly isLocked: boolean;
  readonly onChange: (goes: boolean) => void;
}) {
  const { name, value, goes, isLocked, onChange } = props;
  const { t } = useTranslation('device');
  const label = t(`label.${name}`);
  return (
    <li className="this-computer__line" data-left={!goes || undefined} aria-label={label}>
      <span className="this-computer__label">{label}</span>
      <span className="this-computer__value" dir="auto">
        {value}
        {!goes && <em>{t('dialog.left')}</em>}
      </span>
      <Button
        size="small"
        tone="quiet"
        isDisabled={isLocked}
        aria-label={t(goes ? 'dialog.removeNamed' : 'dialog.restoreNamed', { label })}
        onPress={() => onChange(!goes)}
      >
        {t(goes ? 'dialog.remove' : 'dialog.restore')}
      </Button>
    </li>
  );
}

/** Chooses, and says so where the choice could not be kept. */
function useChoose({ choose }: DeviceView) {
  const { t } = useTranslation('device');
  const announce = useAnnounce();
  return (choice: DeviceView['choice']) =>
    void choose(choice).then((isKept) => isKept || announce(t('dialog.notSaved'), { tone: 'danger' }));
}
