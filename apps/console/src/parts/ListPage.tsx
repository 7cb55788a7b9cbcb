import type { SortingState } from '@tanstack/react-table';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { Empty } from './Empty.js';
import { FilterBar } from './FilterBar.js';
import { useListAddress } from './list-address.js';
import { Loading } from './Loading.js';
import { PageHeading } from './PageHeading.js';
import { ProblemNote } from './ProblemNote.js';

export interface ListOrder {
  readonly sort: SortingState;
  readonly setSort: (sort: SortingState) => void;
}

interface ListPageProps<Row> {
  readonly title: string;
  /** Undefined until the first answer. */
  readonly rows: readonly Row[] | undefined;
  readonly error: unknown;
  /** What belongs here, said while there is nothing yet. */
  readonly emptyText: string;
  /** The one act that begins the list: in its place while it is empty, beside the title afterwards. */
  readonly act: ReactNode;
  readonly filterLabel: string;
  /** Lower-case words by which a row is found. */
  readonly textOf: (row: Row) => string;
  readonly defaultSort?: string;
  readonly children: (matching: readonly Row[], order: ListOrder) => ReactNode;
}

/** A page that is one list, in each of its states: loading, failed, nothing yet, filtered. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { title, rows, error, emptyText, act } = props;
  return (
    <>
      <PageHeading title={title} actions={rows !== undefined && rows.length > 0 ? act : null} />
      {error ? <ProblemNote error={error} trying={`The ${withinSentence(title)} could not be loaded`} /> : null}
      {rows === undefined && !error ? <Loading lines={10} /> : null}
      {rows?.length === 0 ? <Empty text={emptyText}>{act}</Empty> : null}
      {rows !== undefined && rows.length > 0 ? <Filtered {...props} rows={rows} /> : null}
    </>
  );
}

/** Not of an abbreviation: API stays API. */
function withinSentence(title: string): string {
  return title.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
}

type FilteredProps<Row> = ListPageProps<Row> & { readonly rows: readonly Row[] };

function Filtered<Row>({ rows, filterLabel, textOf, defaultSort = 'id', children }: FilteredProps<Row>) {
  const { filter, setFilter, sort, setSort } = useListAddress(defaultSort);
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const matching = useMemo(
    () => (wanted === '' ? rows : rows.filter((row) => textOf(row).includes(wanted))),
    [rows, wanted, textOf],
  );
  return (
    <>
      <FilterBar
        label={filterLabel}
        filter={filter}
        setFilter={setFilter}
        shown={matching.length}
        total={rows.length}
      />
      {children(matching, { sort, setSort })}
    </>
  );
}
