import { ActButton } from '../parts/ActButton.js';
import type { Column } from '../parts/DataTable.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import type { DirectoryEntry } from './use-entries.js';

/** Without `remove` they can only be read. */
export function entryColumns(remove: ((value: string) => void) | null): readonly Column<DirectoryEntry>[] {
  const told: readonly Column<DirectoryEntry>[] = [
    {
      id: 'value',
      header: 'Entry',
      accessorFn: ({ value }) => value,
      sortFn: 'alphanumeric',
      cell: ({ row }) => <VisibleText text={row.original.value} />,
    },
    {
      id: 'canonical',
      header: 'Compared as',
      accessorFn: ({ canonical }) => canonical,
      sortFn: 'alphanumeric',
      cell: ({ row: { original } }) => (
        <span className="dim">
          {original.canonical === original.value ? 'as written' : <VisibleText text={original.canonical} />}
        </span>
      ),
    },
    {
      id: 'added',
      header: 'Added',
      accessorFn: ({ addedAt }) => addedAt,
      sortFn: 'basic',
      cell: ({ row: { original } }) => (
        <>
          <When at={original.addedAt} /> by <VisibleText text={original.addedBy} />
        </>
      ),
    },
  ];
  if (remove === null) return told;
  return [
    ...told,
    {
      id: 'act',
      header: 'Act',
      accessorFn: ({ canonical }) => canonical,
      cell: ({ row: { original } }) => (
        <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={() => remove(original.value)}>
          Remove<span className="unseen"> {visibleString(original.value)}</span>
        </ActButton>
      ),
    },
  ];
}
