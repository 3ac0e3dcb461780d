import { create } from 'zustand';
import type { Sort } from './list-rows';

/** How the user looks at the list; kept while the window lives, so that going to a ticket and back changes nothing. */
export interface ListView {
  readonly group: 'open' | 'closed';
  readonly isSearchOpen: boolean;
  readonly search: string;
  readonly sort: Sort;
  /** Counts requests to put the focus into the search field. */
  readonly searchRequests: number;
  readonly openSearch: () => void;
  readonly closeSearch: () => void;
}

export const useListView = create<ListView>((set) => ({
  group: 'open',
  isSearchOpen: false,
  search: '',
  sort: 'attention',
  searchRequests: 0,
  openSearch: () => set((before) => ({ isSearchOpen: true, searchRequests: before.searchRequests + 1 })),
  closeSearch: () => set({ isSearchOpen: false, search: '' }),
}));
