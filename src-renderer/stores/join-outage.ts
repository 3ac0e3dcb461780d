import { call } from '../api';
import { newRef } from './new-ref';
import { applyAccepted } from './outbox-store';

/** "I have this too": puts the user on the list of an outage, now or when the board can be reached. Whether it is kept. */
export async function joinOutage(announcementId: string): Promise<boolean> {
  const answer = await call('outbox.join', { id: newRef(), announcementId });
  if (answer.ok) applyAccepted(answer.value);
  return answer.ok;
}
