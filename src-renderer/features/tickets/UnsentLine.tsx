import { ChevronRight, CircleAlert, CloudUpload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isUnsent } from '../../stores/list-rows';
import { navigate, useNavigation } from '../../stores/navigation';
import { useOutboxStore } from '../../stores/outbox-store';

/** How much waits to be sent; the way to the outbox. Nothing while everything is sent. */
export function UnsentLine() {
  const { t } = useTranslation('tickets');
  const items = useOutboxStore((state) => state.items);
  const isOpen = useNavigation((state) => state.route.screen === 'outbox');
  const unsent = [...items.values()].filter(isUnsent);
  const refused = unsent.filter((item) => item.state.kind === 'needsAttention').length;
  const waiting = unsent.length - refused;
  if (unsent.length === 0) return null;
  const Icon = refused > 0 ? CircleAlert : CloudUpload;
  return (
    <button
      type="button"
      className="unsent-line"
      data-tone={refused > 0 ? 'attention' : 'waiting'}
      aria-current={isOpen ? 'page' : undefined}
      onClick={() => navigate({ screen: 'outbox' })}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} />
      <span>
        {refused > 0 && t(waiting > 0 ? 'unsent.attentionShort' : 'unsent.attention', { count: refused })}
        {refused > 0 && waiting > 0 && ' · '}
        {waiting > 0 && t('unsent.waiting', { count: waiting })}
      </span>
      <ChevronRight aria-hidden size={16} strokeWidth={1.75} className="unsent-line__end" />
    </button>
  );
}
