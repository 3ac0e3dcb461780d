import type { TicketDraft } from '@shared/domain/draft';
import { EMERGENCY_NOTICE } from '@shared/domain/emergency';
import type { DraftEditor } from '../../stores/draft-editor';

/** The user says that it is an emergency: nobody has to convince a rule. */
export function markEmergency(editor: DraftEditor<TicketDraft>): void {
  const { intake, dismissedNotices = [] } = editor.store.getState().content;
  editor.edit({
    intake: { ...intake, emergency: true },
    dismissedNotices: dismissedNotices.filter((one) => one !== EMERGENCY_NOTICE),
  });
}

/** The user says that it can wait, whatever it looks like. */
export function canWait(editor: DraftEditor<TicketDraft>): void {
  const { intake, dismissedNotices = [] } = editor.store.getState().content;
  editor.edit({
    intake: { ...intake, emergency: false },
    dismissedNotices: [...dismissedNotices.filter((one) => one !== EMERGENCY_NOTICE), EMERGENCY_NOTICE],
  });
}
