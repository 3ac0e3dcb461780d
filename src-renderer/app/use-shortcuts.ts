import { useEffect } from 'react';
import type { Route } from '@shared/domain/route';
import { goBack, navigate, useNavigation } from '../stores/navigation';
import { useListView } from '../stores/list-view';

interface Place {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly isWide: boolean;
  readonly route: Route;
}

/** Ctrl/Cmd+N new ticket, +F search, +comma settings, Escape one step back. */
export function useShortcuts({ platform, isWide, route }: Place): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role=dialog],[role=alertdialog]') !== null) return;
      if (event.key === 'Escape') return escape(event, route, isWide);
      const withCommand =
        platform === 'darwin' ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!withCommand || event.altKey || event.shiftKey) return;
      if (command(event.key.toLowerCase(), route, isWide)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [platform, isWide, route]);
}

function command(key: string, route: Route, isWide: boolean): boolean {
  if (route.screen === 'welcome') return false;
  switch (key) {
    case 'n':
      if (route.screen !== 'newTicket') navigate({ screen: 'newTicket', draftId: null });
      return true;
    case 'f':
      if (!isWide || !hasList(route)) navigate({ screen: 'tickets' }, { focus: 'stay' });
      useListView.getState().openSearch();
      return true;
    case ',':
      navigate({ screen: 'settings' });
      return true;
    default:
      return false;
  }
}

const hasList = (route: Route): boolean =>
  ['tickets', 'ticket', 'settings', 'outbox', 'callSheet'].includes(route.screen);

/** One step back. Beside the list a ticket has nothing to close: the focus goes to the list. */
function escape(event: KeyboardEvent, route: Route, isWide: boolean): void {
  if (
    route.screen === 'tickets' ||
    (route.screen === 'welcome' && useNavigation.getState().past.length === 0)
  )
    return;
  event.preventDefault();
  if (route.screen === 'ticket') {
    if (isWide) document.querySelector<HTMLElement>('[data-list]')?.focus();
    else navigate({ screen: 'tickets' });
  } else goBack();
}
