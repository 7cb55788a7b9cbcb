import { Link } from 'react-router';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import type { Column } from '../parts/DataTable.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { formTexts } from './form-texts.js';

export const directoryColumns: readonly Column<Directory>[] = [
  {
    id: 'name',
    header: 'Name',
    accessorFn: ({ name }) => name,
    sortFn: 'alphanumeric',
    cell: ({ row: { original } }) => (
      <Link to={`/directories/${encodeURIComponent(original.id)}`}>
        <VisibleText text={original.name} />
      </Link>
    ),
  },
  {
    id: 'id',
    header: 'Id',
    accessorFn: ({ id }) => id,
    sortFn: 'alphanumeric',
    cell: ({ row }) => <span className="mono">{row.original.id}</span>,
  },
  {
    id: 'environment',
    header: 'Environment',
    accessorFn: ({ environment }) => environment,
    sortFn: 'alphanumeric',
    cell: ({ row }) => <EnvironmentChip environment={row.original.environment} />,
  },
  {
    id: 'holds',
    header: 'Holds',
    accessorFn: ({ holds }) => formTexts[holds].holds,
    sortFn: 'alphanumeric',
  },
  {
    id: 'size',
    header: 'Entries',
    accessorFn: ({ size }) => size,
    sortFn: 'basic',
    cell: ({ row }) => row.original.size.toLocaleString(),
  },
  {
    id: 'grants',
    header: 'Named by',
    accessorFn: ({ grants }) => grants,
    sortFn: 'basic',
    cell: ({ row }) => grantsText(row.original.grants),
  },
  {
    id: 'state',
    header: 'State',
    accessorFn: ({ retiredAt }) => retiredAt ?? 0,
    sortFn: 'basic',
    cell: ({ row }) => <DirectoryState retiredAt={row.original.retiredAt} />,
  },
];

export function DirectoryState({ retiredAt }: Pick<Directory, 'retiredAt'>) {
  if (retiredAt === null) return <StateMark kind="ok">in use</StateMark>;
  return (
    <StateMark kind="off">
      retired <When at={retiredAt} />
    </StateMark>
  );
}

function grantsText(count: number): string {
  if (count === 0) return 'no grant';
  return `${count.toLocaleString()} ${count === 1 ? 'grant' : 'grants'}`;
}
