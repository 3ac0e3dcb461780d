import { MailPlus, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OFFER_AFTER_MINUTES, type Fallback, type FallbackView } from '@shared/domain/fallback';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { useManagedBy, useOffers } from '../../stores/policy';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ConfirmDialog } from '../../ui/Dialog';
import { LockNote } from '../../ui/LockNote';
import { Notice } from '../../ui/Notice';
import { Select } from '../../ui/Select';
import { useAnnounce } from '../../ui/Toast';
import { FallbackForm } from './FallbackForm';

/** E-mail as the way around a board that is out of reach, where the organisation lets it be one. */
export function FallbackCard() {
  return useOffers('mailFallback') ? <WayAround /> : null;
}

/** Nothing for a desk that is a mailbox, or while main is asked. */
function WayAround() {
  const { t } = useTranslation('settings');
  const [view, setView] = useState<FallbackView | null>(null);
  const [isEditing, setEditing] = useState(false);
  const load = async () => {
    const answer = await call('fallback.get');
    if (answer.ok) setView(answer.value);
  };
  useEffect(() => void load(), []);
  if (view?.isPossible !== true) return null;
  const done = () => {
    setEditing(false);
    void load();
  };
  return (
    <Card title={t('fallback.title')} description={t('fallback.text')}>
      {isEditing ? (
        <FallbackForm view={view} onDone={done} onCancel={() => setEditing(false)} />
      ) : view.fallback === null ? (
        <div>
          <Button size="small" icon={MailPlus} onPress={() => setEditing(true)}>
            {t('fallback.setUp')}
          </Button>
        </div>
      ) : (
        <Kept view={view} fallback={view.fallback} onChange={done} onEdit={() => setEditing(true)} />
      )}
    </Card>
  );
}

interface KeptProps {
  readonly view: FallbackView;
  readonly fallback: Fallback;
  readonly onChange: () => void;
  readonly onEdit: () => void;
}

const NEVER = 'never';
const CHOICES = [...OFFER_AFTER_MINUTES.map(String), NEVER] as readonly Choice[];
type Choice = `${(typeof OFFER_AFTER_MINUTES)[number]}` | typeof NEVER;

/** What is set up, when it is offered, and the ways to change or forget it. */
function Kept({ view, fallback, onChange, onEdit }: KeptProps) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const managedBy = useManagedBy();
  const { route, sender, offerAfterMinutes } = fallback;
  const set = async (next: Fallback | null): Promise<boolean> => {
    const answer = await call('fallback.set', { fallback: next, password: null });
    if (!answer.ok) announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    onChange();
    return answer.ok;
  };
  const choose = (choice: Choice) => {
    const minutes = OFFER_AFTER_MINUTES.find((one) => String(one) === choice) ?? null;
    void set({ ...fallback, offerAfterMinutes: minutes });
  };
  const remove = async () => {
    if (await set(null)) announce(t('fallback.removed'));
  };
  const facts = [
    [t('fallback.desk'), route.deskAddress],
    [t('fallback.sender'), `${sender.name}, ${sender.email}`],
    [t('fallback.server'), route.host],
  ] as const;
  return (
    <>
      <dl className="settings__facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {view.isManaged && <LockNote>{managedBy}</LockNote>}
      {route.signIn && !view.hasPassword && <Notice tone="warning">{t('fallback.noPassword')}</Notice>}
      <Select
        label={t('fallback.after')}
        options={CHOICES.map((value) => ({ value, label: t(`fallback.afterOf.${value}`) }))}
        value={offerAfterMinutes === null ? NEVER : `${offerAfterMinutes}`}
        onChange={choose}
      />
      <div className="settings__actions">
        <Button size="small" icon={Pencil} onPress={onEdit}>
          {t('fallback.change')}
        </Button>
        {!view.isManaged && (
          <Button size="small" icon={Trash2} onPress={() => setAsking(true)}>
            {t('fallback.remove')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('fallback.removeTitle')}
        confirmLabel={t('fallback.remove')}
        cancelLabel={t('fallback.cancel')}
        tone="danger"
        onConfirm={remove}
      >
        {t('fallback.removeText')}
      </ConfirmDialog>
    </>
  );
}
