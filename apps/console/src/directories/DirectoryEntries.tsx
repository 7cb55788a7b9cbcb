import { useDeferredValue, useMemo, useState } from 'react';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { DataTable, type Column } from '../parts/DataTable.js';
import { Empty } from '../parts/Empty.js';
import { FilterBar } from '../parts/FilterBar.js';
import { useListAddress } from '../parts/list-address.js';
import { Loading } from '../parts/Loading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import styles from './directories.module.css';
import { EditEntries, type EntriesAct } from './EditEntries.js';
import { entryColumns } from './entry-columns.js';
import { useEntries, type DirectoryEntry } from './use-entries.js';

/** What the directory holds, all of it, and the acts on it. */
export function DirectoryEntries({ directory }: { readonly directory: Directory }) {
  const { entries, error, read } = useEntries(directory.id);
  useRefetchOnRevision(useHead()?.revision ?? null, read);
  const [asked, setAsked] = useState<{ readonly act: EntriesAct; readonly text: string } | null>(null);
  const isRetired = directory.retiredAt !== null;
  const columns = useMemo(
    () => entryColumns(isRetired ? null : (text) => setAsked({ act: 'remove', text })),
    [isRetired],
  );
  const ask = (act: EntriesAct, words: string, variant: 'filled' | 'default') => (
    <ActButton needs="grants:write" variant={variant} onClick={() => setAsked({ act, text: '' })}>
      {words}
    </ActButton>
  );
  const isEmpty = entries?.length === 0;
  return (
    <Panel
      title="Entries"
      actions={
        isRetired || !entries || isEmpty ? null : (
          <span className={styles['acts']}>
            {ask('remove', 'Remove entries…', 'default')}
            {ask('add', 'Add entries…', 'filled')}
          </span>
        )
      }
    >
      {error ? <ProblemNote error={error} trying="The entries could not be loaded" /> : null}
      {!entries && !error ? <Loading lines={4} /> : null}
      {isEmpty ? (
        <Empty text="Nothing is in it: a grant that names it allows nothing by it.">
          {isRetired ? null : ask('add', 'Add entries…', 'filled')}
        </Empty>
      ) : null}
      {entries && !isEmpty ? <Found entries={entries} columns={columns} /> : null}
      {asked ? <EditEntries directory={directory} {...asked} close={() => setAsked(null)} whenDone={read} /> : null}
    </Panel>
  );
}

interface FoundProps {
  readonly entries: readonly DirectoryEntry[];
  readonly columns: readonly Column<DirectoryEntry>[];
}

function Found({ entries, columns }: FoundProps) {
  const { filter, setFilter, sort, setSort } = useListAddress('value');
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const matching = useMemo(
    () => entries.filter(({ value, canonical }) => `${value} ${canonical}`.toLowerCase().includes(wanted)),
    [entries, wanted],
  );
  return (
    <>
      <FilterBar
        label="Filter entries"
        filter={filter}
        setFilter={setFilter}
        shown={matching.length}
        total={entries.length}
      />
      <DataTable
        label="Entries"
        columns={columns}
        rows={matching}
        rowId={({ canonical }) => canonical}
        {...{ sort, setSort }}
      />
    </>
  );
}
