import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallFault } from '@shared/contract';
import type { Attachment } from '@shared/domain/attachment';
import { call } from '../../stores/calls';
import { IconButton } from '../../ui/Button';
import { FileChip } from '../../ui/FileChip';
import { useAnnounce } from '../../ui/Toast';

/** A file at the service desk: opens with the system's program, or is saved where the user says. */
export function BoardFile({ ticketId, file }: { readonly ticketId: string; readonly file: Attachment }) {
  const { t } = useTranslation('ticket');
  const announce = useAnnounce();
  const [busy, setBusy] = useState<'open' | 'save' | null>(null);
  const request = { ticketId, attachmentId: file.id };
  const { name } = file;
  const open = async () => {
    setBusy('open');
    const answer = await call('attachments.open', request);
    setBusy(null);
    if (!answer.ok) announce(t(`file.${problemOf(answer.fault)}`, { name }), { tone: 'danger' });
  };
  const save = async () => {
    setBusy('save');
    const answer = await call('attachments.save', request);
    setBusy(null);
    if (!answer.ok) announce(t(`file.${problemOf(answer.fault)}`, { name }), { tone: 'danger' });
    else if (answer.value.saved) announce(t('file.saved', { name }), { tone: 'good' });
  };
  return (
    <span className="ticket__file">
      <FileChip
        {...file}
        onOpen={() => void open()}
        isPending={busy !== null}
        {...(busy === null ? {} : { note: t(busy === 'open' ? 'file.opening' : 'file.saving') })}
      />
      <IconButton
        icon={Download}
        size="small"
        label={t('file.save', { name })}
        isDisabled={busy !== null}
        onPress={() => void save()}
      />
    </span>
  );
}

function problemOf(fault: CallFault): 'offline' | 'signedOut' | 'failed' | 'gone' | 'diskFull' | 'program' {
  if (fault.kind === 'desk') return fault.fault;
  if (fault.kind === 'notFound') return 'gone';
  if (fault.kind === 'file' && fault.problem === 'program') return 'program';
  const isFull =
    (fault.kind === 'notStored' && fault.cause === 'diskFull') ||
    (fault.kind === 'file' && fault.problem === 'diskFull');
  return isFull ? 'diskFull' : 'failed';
}
