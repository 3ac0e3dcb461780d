import { UserRoundPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { useAnnounce } from '../../ui/Toast';

/** The quiet way to the request for somebody who joins or leaves; what was typed here stays a draft. */
export function SomethingElse() {
  const { t } = useTranslation('newTicket');
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const open = async () => {
    const answer = await call('drafts.create', { kind: 'ticket', about: 'person' });
    if (answer.ok) navigate({ screen: 'newTicket', draftId: answer.value.id }, { replace: true });
    else announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  return (
    <div className="new-ticket__else">
      <span className="new-ticket__quiet">{t('else.label')}</span>
      <Button size="small" tone="quiet" icon={UserRoundPlus} onPress={() => void open()}>
        {t('else.person')}
      </Button>
    </div>
  );
}
