import type { TicketDraft } from '@shared/domain/draft';
import { assessEmergency } from '@shared/domain/emergency';
import type { DraftEditor } from '../../stores/draft-editor';

/** Under what "It can wait" is remembered for a draft. */
export const EMERGENCY_NOTICE = 'emergency';

type Content = Pick<TicketDraft, 'intake' | 'dismissedNotices'>;

/** Whether the ticket goes marked as an emergency: it looks like one and the user did not say otherwise, or they say so. */
export const goesAsEmergency = ({ intake, dismissedNotices = [] }: Content): boolean =>
  intake.emergency || (assessEmergency(intake) !== null && !dismissedNotices.includes(EMERGENCY_NOTICE));

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
