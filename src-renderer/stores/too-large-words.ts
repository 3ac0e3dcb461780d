import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '@shared/domain/outbox';

const MEGABYTE = 1024 * 1024;

/** That an item is too large for the mail server, and which of its files is so by itself; `null`: it is not. */
export function useTooLargeWords({ write, state }: OutboxItem): string | null {
  const { t, i18n } = useTranslation();
  if (state.kind !== 'needsAttention' || state.fault.kind !== 'rejected') return null;
  const { tooLarge, fields } = state.fault;
  if (tooLarge === undefined) return null;
  const unit = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  const sizes = {
    size: unit.format(tooLarge.bytes / MEGABYTE),
    limit: unit.format(tooLarge.limit / MEGABYTE),
  };
  const files = 'files' in write ? write.files : [];
  const alone = fields.flatMap(({ pointer }) => files[Number(pointer.replace('/files/', ''))]?.name ?? []);
  if (alone.length === 0) return t('tooLarge.whole', sizes);
  return t('tooLarge.files', { ...sizes, names: new Intl.ListFormat(i18n.language).format(alone) });
}
