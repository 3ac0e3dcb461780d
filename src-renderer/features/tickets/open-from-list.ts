import type { TicketKey } from '@shared/domain/route';
import { navigate, useNavigation } from '../../stores/navigation';
import type { ChosenBy } from '../../ui/VirtualList';

/** Opens a ticket from the list. Moving through the list keeps the focus there and makes one step of the history. */
export function openFromList(key: TicketKey, by: ChosenBy): void {
  const isMoving = by === 'move' && useNavigation.getState().route.screen === 'ticket';
  navigate({ screen: 'ticket', key }, { focus: by === 'move' ? 'stay' : 'title', replace: isMoving });
}
