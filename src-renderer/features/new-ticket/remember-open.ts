const KEY = 'deskbell.newTicket.more';

/** Whether the questions that are one step away were open last time. */
export function recallOpen(): boolean {
  try {
    return localStorage.getItem(KEY) === 'open';
  } catch {
    // Storage can be off; then they start closed.
    return false;
  }
}

/** Remembers it for the next ticket. */
export function rememberOpen(isOpen: boolean): void {
  try {
    localStorage.setItem(KEY, isOpen ? 'open' : 'closed');
  } catch {
    // Storage can be off; nothing of value is lost.
  }
}
