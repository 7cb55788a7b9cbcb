import { Link } from 'react-router';
import type { GuardPartsFragment, ServerRowFragment } from '../gql/graphql.js';
import type { Column } from '../parts/DataTable.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useNow } from '../parts/When.js';
import { leaseSecondsLeft, lowestHeld, serverHealth } from './server-health.js';

export interface ServerLine {
  readonly row: ServerRowFragment;
  readonly guards: readonly GuardPartsFragment[];
}

const toolsColumn: Column<ServerLine> = {
  id: 'tools',
  header: 'Tools',
  accessorFn: ({ row }) => row.tools.length,
  sortFn: 'basic',
  cell: ({ row: { original } }) => (
    <>
      {original.row.tools.length}
      {original.row.unregisteredTools.length > 0 ? `, ${original.row.unregisteredTools.length} unregistered` : ''}
    </>
  ),
};

export function serverColumns(head: number | null): readonly Column<ServerLine>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      accessorFn: ({ row }) => row.name,
      sortFn: 'alphanumeric',
      cell: ({ row: { original } }) => (
        <Link to={`/servers/${encodeURIComponent(original.row.id)}`}>
          <VisibleText text={original.row.name} />
        </Link>
      ),
    },
    {
      id: 'environment',
      header: 'Environment',
      accessorFn: ({ row }) => row.environment,
      sortFn: 'alphanumeric',
      cell: ({ row: { original } }) => <EnvironmentChip environment={original.row.environment} />,
    },
    {
      id: 'health',
      header: 'State',
      accessorFn: ({ guards }) => serverHealth(guards, Date.now()).rank,
      sortFn: 'basic',
      cell: ({ row: { original } }) => <HealthMark guards={original.guards} />,
    },
    { id: 'guards', header: 'Guards', accessorFn: ({ guards }) => guards.length, sortFn: 'basic' },
    {
      id: 'held',
      header: 'Revision held',
      accessorFn: ({ guards }) => lowestHeld(guards) ?? -1,
      sortFn: 'basic',
      cell: ({ row: { original } }) => <Held held={lowestHeld(original.guards)} head={head} />,
    },
    {
      id: 'lease',
      header: 'Lease left',
      accessorFn: ({ guards }) => leaseSecondsLeft(guards, Date.now()) ?? -1,
      sortFn: 'basic',
      cell: ({ row: { original } }) => <LeaseLeft guards={original.guards} />,
    },
    {
      id: 'inflight',
      header: 'In flight',
      accessorFn: ({ guards }) => guards.reduce((sum, guard) => sum + guard.inFlight, 0),
      sortFn: 'basic',
    },
    toolsColumn,
  ];
}

function HealthMark({ guards }: { readonly guards: readonly GuardPartsFragment[] }) {
  const { kind, word } = serverHealth(guards, useNow());
  return (
    <span className="live">
      <StateMark kind={kind}>{word}</StateMark>
    </span>
  );
}

export function Held({ held, head }: { readonly held: number | null; readonly head: number | null }) {
  if (held === null) return <span className="dim">not said yet</span>;
  const behind = head === null ? 0 : Math.max(0, head - held);
  return (
    <span className="live">
      {held} of {head ?? 'unknown'}
      {behind > 0 ? `, ${behind} behind` : ''}
    </span>
  );
}

function LeaseLeft({ guards }: { readonly guards: readonly GuardPartsFragment[] }) {
  const left = leaseSecondsLeft(guards, useNow());
  return <span className="live">{left === null ? 'none' : left === 0 ? 'ended' : `${left} s`}</span>;
}
