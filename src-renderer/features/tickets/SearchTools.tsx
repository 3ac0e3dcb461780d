import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SORTS } from '../../stores/list-rows';
import { useListView } from '../../stores/list-view';
import { SearchField } from '../../ui/SearchField';
import { Select } from '../../ui/Select';

/** Search and order of the list, one step away. */
export function SearchTools({ found }: { readonly found: number }) {
  const { t } = useTranslation('tickets');
  const { search, sort, searchRequests, closeSearch } = useListView();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [searchRequests]);
  return (
    <div className="tickets__search" role="search">
      <SearchField
        label={t('search')}
        value={search}
        onChange={(value) => useListView.setState({ search: value })}
        onEscape={() => {
          closeSearch();
          document.querySelector<HTMLElement>('[data-list]')?.focus();
        }}
        inputRef={input}
      />
      <div className="tickets__order">
        <span className="tickets__found" role="status">
          {search.trim() === '' ? '' : t('found', { count: found })}
        </span>
        <Select
          label={t('sort.label')}
          isLabelHidden
          isQuiet
          options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
          value={sort}
          onChange={(value) => useListView.setState({ sort: value })}
        />
      </div>
    </div>
  );
}
