import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { readIncoming } from '../../stores/incoming-file';
import { goBack, navigate } from '../../stores/navigation';
import { collectScreenshot } from '../../stores/screenshot';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { useAnnounce } from '../../ui/Toast';

/** Where a screenshot from the tray or the shortcut arrives: once it is finished, a new ticket opens with it. */
export function ScreenshotScreen() {
  const { t } = useTranslation(['screenshot', 'common']);
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const take = useEffectEvent(async (file: File | null) => {
    if (file === null) return goBack();
    const failed = await attachToNewTicket(file);
    if (failed !== null) announce(callFaultLine(failed, common), { tone: 'danger' });
  });
  useEffect(() => void collectScreenshot().then(take), []);
  return <ScreenHeader title={t('screenshot:title')} onClose={goBack} />;
}

/** Puts the picture into the ticket being written and goes there. Gives what went wrong. */
async function attachToNewTicket(file: File) {
  const draft = await call('drafts.create', { kind: 'ticket' });
  if (!draft.ok) return draft.fault;
  const read = await readIncoming({ kind: 'file', file });
  if (!read.ok) return { kind: 'file', problem: read.fault, name: file.name } as const;
  const added = await call('drafts.addFile', { draftId: draft.value.id, ...read.value });
  navigate({ screen: 'newTicket', draftId: draft.value.id }, { replace: true });
  return added.ok ? null : added.fault;
}
