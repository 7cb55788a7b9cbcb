import {
  columnFilteringFeature,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ReactTable,
  type RowData,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import styles from './DataTable.module.css';

export const features = tableFeatures({
  columnFilteringFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});
export type Column<Row extends RowData> = ColumnDef<typeof features, Row>;

interface DataTableProps<Row extends RowData> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly sort: SortingState;
  readonly setSort: (sort: SortingState) => void;
}

const rowHeightPx = 36;
const overscanRows = 12;

/** The house table: a real table, sortable by keyboard, drawing only the rows in view. */
export function DataTable<Row extends RowData>({ label, columns, rows, rowId, sort, setSort }: DataTableProps<Row>) {
  const scroll = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    columns: useMemo(() => [...columns], [columns]),
    data: rows,
    getRowId: rowId,
    state: { sorting: sort },
    onSortingChange: (change) => setSort(typeof change === 'function' ? change(sort) : change),
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
  });
  const drawn = virtual.getVirtualItems();
  const above = drawn[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <div ref={scroll} className={styles['scroll']} role="region" aria-label={label} tabIndex={0}>
      <table className={styles['table']} aria-rowcount={sorted.length + 1}>
        <Head table={table} />
        <tbody>
          {above > 0 ? <Spacer height={above} /> : null}
          {drawn.map((item) => {
            const row = sorted[item.index];
            return row ? (
              <tr key={row.id} aria-rowindex={item.index + 2}>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ) : null;
          })}
          {below > 0 ? <Spacer height={below} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function Head<Row extends RowData>({ table }: { readonly table: ReactTable<typeof features, Row> }) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          {group.headers.map((header) => {
            const direction = header.column.getIsSorted();
            return (
              <th key={header.id} scope="col" aria-sort={direction === false ? 'none' : `${direction}ending`}>
                <button type="button" className={styles['sort']} onClick={header.column.getToggleSortingHandler()}>
                  <table.FlexRender header={header} />
                  <span aria-hidden="true">{direction === false ? '' : direction === 'asc' ? '▴' : '▾'}</span>
                </button>
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return (
    <tr aria-hidden="true" className={styles['spacer']}>
      <td style={{ height }} />
    </tr>
  );
}
