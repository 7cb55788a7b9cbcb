import { Link } from 'react-router';
import type { AgentRowFragment } from '../gql/graphql.js';
import type { Column } from '../parts/DataTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { AgentStatus } from './AgentStatus.js';
import { RotationMark } from './RotationMark.js';

/** One column for each environment, side by side; a cell names the roles the agent holds there. */
export function agentColumns(environments: readonly string[]): readonly Column<AgentRowFragment>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      accessorFn: (row) => row.name,
      sortFn: 'alphanumeric',
      cell: ({ row }) => <Name {...row.original} />,
    },
    {
      id: 'id',
      header: 'Id',
      accessorFn: (row) => row.id,
      sortFn: 'alphanumeric',
      cell: ({ row }) => <span className="mono">{row.original.id}</span>,
    },
    tagsColumn,
    ...environments.map(rolesColumn),
    {
      id: 'status',
      header: 'Status',
      accessorFn: (row) => (row.stoppedBy.length > 0 ? '0' : row.status),
      sortFn: 'basic',
      cell: ({ row }) => <AgentStatus status={row.original.status} isStopped={row.original.stoppedBy.length > 0} />,
    },
    {
      id: 'credentials',
      header: 'Credentials',
      accessorFn: activeCredentials,
      sortFn: 'basic',
      cell: ({ row }) => <Credentials {...row.original} />,
    },
    {
      id: 'last',
      header: 'Last decision',
      accessorFn: (row) => row.lastDecisionAt ?? 0,
      sortFn: 'basic',
      cell: ({ row }) => (
        <span className="live">
          {row.original.lastDecisionAt === null ? 'never' : <When at={row.original.lastDecisionAt} />}
        </span>
      ),
    },
    {
      id: 'denied',
      header: 'Denials 24 h',
      accessorFn: (row) => row.deniedLastDay,
      sortFn: 'basic',
      cell: ({ row }) => <span className="live">{row.original.deniedLastDay.toLocaleString()}</span>,
    },
  ];
}

function rolesColumn(environment: string): Column<AgentRowFragment> {
  return {
    id: `roles-${environment}`,
    header: `In ${environment}`,
    accessorFn: (row) => rolesIn(row, environment),
    sortFn: 'alphanumeric',
    cell: ({ row }) => {
      const roles = rolesIn(row.original, environment);
      return roles === '' ? <span className="dim">none</span> : <VisibleText text={roles} />;
    },
  };
}

function rolesIn({ assignments }: AgentRowFragment, environment: string): string {
  return assignments
    .filter((assignment) => assignment.environment === environment)
    .map((assignment) => assignment.role)
    .join(', ');
}

const tagsColumn: Column<AgentRowFragment> = {
  id: 'tags',
  header: 'Tags',
  accessorFn: (row) => row.tags.join(', '),
  sortFn: 'alphanumeric',
  cell: ({ row }) => <VisibleText text={row.original.tags.join(', ')} />,
};

function Name({ id, name, ownerGone }: AgentRowFragment) {
  return (
    <>
      <Link to={`/agents/${encodeURIComponent(id)}`}>
        <VisibleText text={name} />
      </Link>{' '}
      {ownerGone ? <StateMark kind="caution">no owner</StateMark> : null}
    </>
  );
}

function Credentials(row: AgentRowFragment) {
  return (
    <>
      {activeCredentials(row)}{' '}
      {row.rotationPolicy && row.rotationPolicy.state !== 'fine' ? <RotationMark {...row.rotationPolicy} /> : null}
    </>
  );
}

function activeCredentials({ credentials }: AgentRowFragment): number {
  return credentials.filter((one) => one.status === 'active').length;
}
