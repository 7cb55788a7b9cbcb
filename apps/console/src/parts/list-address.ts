import type { SortingState } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** Filter and order of a list, kept in the address so that any view can be pasted into a chat. */
export function useListAddress(defaultSort: string) {
  const [search, setSearch] = useSearchParams();
  const filter = search.get('q') ?? '';
  const order = search.get('sort') ?? defaultSort;
  const sort = useMemo<SortingState>(() => [{ id: order.replace(/^-/, ''), desc: order.startsWith('-') }], [order]);
  const put = useCallback(
    (name: string, value: string) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  const setFilter = useCallback((text: string) => put('q', text), [put]);
  const setSort = useCallback(
    ([first]: SortingState) => put('sort', first ? `${first.desc ? '-' : ''}${first.id}` : ''),
    [put],
  );
  return { filter, setFilter, sort, setSort };
}
