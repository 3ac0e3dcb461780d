import { ArrowRightLeft, KeyRound, LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { isUnsent } from '../../stores/list-rows';
import { navigate } from '../../stores/navigation';
import { useOutboxStore } from '../../stores/outbox-store';
import { usePolicy } from '../../stores/policy';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ConfirmDialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { TimeText } from '../../ui/TimeText';
import { useAnnounce } from '../../ui/Toast';
import { BoardCheck } from './BoardCheck';

/** Whose desk, who one is there, and the way out that keeps everything safe. */
export function AccountCard() {
  const { t } = useTranslation('settings');
  const app = useApp();
  const desk = connected(app);
  const policy = usePolicy();
  const [isAsking, setAsking] = useState(false);
  if (desk === null) return <Card title={t('account.title')} description={t('account.none')} />;
  const isPractice = desk.board === 'practice';
  const isElsewhere = policy.desk !== null && (isPractice || policy.isOtherDesk);
  const facts = [
    [t('account.desk'), desk.deskName],
    [t('account.place'), desk.place],
    [t('account.person'), desk.person.name],
    [t('account.email'), desk.person.email],
    [t('account.phone'), desk.person.phone],
  ] as const;
  return (
    <Card title={t('account.title')}>
      <dl className="settings__facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        <div>
          <dt>{t('account.lastContact')}</dt>
          <dd>{desk.lastContactAt === null ? t('account.never') : <TimeText at={desk.lastContactAt} />}</dd>
        </div>
      </dl>
      {app.secrets === 'memoryOnly' && <Notice icon={KeyRound}>{t('account.memoryOnly')}</Notice>}
      <div className="settings__actions">
        {!isPractice && <BoardCheck />}
        {(policy.features.otherDesks || isElsewhere) && (
          <Button size="small" icon={ArrowRightLeft} onPress={() => navigate({ screen: 'connect' })}>
            {isPractice ? t('account.connect') : t('account.switch')}
          </Button>
        )}
        <Button size="small" icon={LogOut} onPress={() => setAsking(true)}>
          {isPractice ? t('account.signOutPractice') : t('account.signOut')}
        </Button>
      </div>
      <SignOutDialog isPractice={isPractice} isOpen={isAsking} onClose={() => setAsking(false)} />
    </Card>
  );
}

interface SignOutProps {
  readonly isPractice: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function SignOutDialog({ isPractice, isOpen, onClose }: SignOutProps) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const announce = useAnnounce();
  const items = useOutboxStore((state) => state.items);
  const unsent = [...items.values()].filter(isUnsent).length;
  const signOut = async () => {
    const answer = await call('connection.signOut');
    if (answer.ok) navigate({ screen: 'tickets' }, { replace: true });
    else announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={isPractice ? t('account.confirmTitlePractice') : t('account.confirmTitle')}
      confirmLabel={isPractice ? t('account.signOutPractice') : t('account.signOut')}
      cancelLabel={t('account.stay')}
      onConfirm={signOut}
    >
      <p>{t('account.confirmText')}</p>
      {unsent > 0 && <p>{t('account.confirmUnsent', { count: unsent })}</p>}
    </ConfirmDialog>
  );
}
