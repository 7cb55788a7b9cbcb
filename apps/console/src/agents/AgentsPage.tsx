import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { AgentRowFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { DataTable } from '../parts/DataTable.js';
import { Empty } from '../parts/Empty.js';
import { FilterBar } from '../parts/FilterBar.js';
import { useListAddress } from '../parts/list-address.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { agentColumns } from './agent-columns.js';
import { agentRowFragment, agentsQuery } from './agents.graphql.js';
import { CreateAgent } from './CreateAgent.js';

export function AgentsPage() {
  // Past the normalised cache: tracking 10,000 agents in it blocks the page for seconds.
  const { data, error, refetch } = useQuery(agentsQuery, { fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const { filter, setFilter, sort, setSort } = useListAddress('id');
  const [isCreating, setCreating] = useState(false);
  const columns = useMemo(() => agentColumns(data?.environments.map((environment) => environment.id) ?? []), [data]);
  const rows = useMemo(() => data?.agents.map((agent) => unmask(agentRowFragment, agent)) ?? [], [data]);
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const matching = useMemo(
    () => (wanted === '' ? rows : rows.filter((row) => searchText(row).includes(wanted))),
    [rows, wanted],
  );
  const create = (
    <ActButton needs="agents:write" onClick={() => setCreating(true)}>
      Create agent
    </ActButton>
  );
  return (
    <>
      <PageHeading title="Agents" actions={rows.length > 0 ? create : null} />
      {error ? <ProblemNote error={error} trying="The agents could not be loaded" /> : null}
      {!data ? (
        error ? null : (
          <Loading lines={10} />
        )
      ) : rows.length === 0 ? (
        <Empty text="No agents yet. An agent is a service account for one AI agent; it can call nothing until it holds a role somewhere.">
          {create}
        </Empty>
      ) : (
        <>
          <FilterBar
            label="Filter by id, name, role or environment"
            filter={filter}
            setFilter={setFilter}
            shown={matching.length}
            total={rows.length}
          />
          <DataTable
            label="Agents"
            columns={columns}
            rows={matching}
            rowId={(row) => row.id}
            sort={sort}
            setSort={setSort}
          />
        </>
      )}
      {isCreating ? <CreateAgent close={() => setCreating(false)} /> : null}
    </>
  );
}

function searchText({ id, name, status, assignments }: AgentRowFragment): string {
  return [id, name, status, ...assignments.flatMap(({ role, environment }) => [role, environment])]
    .join(' ')
    .toLowerCase();
}
