import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { AgentRowFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { DataTable } from '../parts/DataTable.js';
import { ListPage } from '../parts/ListPage.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { agentColumns } from './agent-columns.js';
import { agentRowFragment, agentsQuery } from './agents.graphql.js';
import { CreateAgent } from './CreateAgent.js';
import { rotationWords } from './rotation-texts.js';

export function AgentsPage() {
  // Past the normalised cache: tracking 10,000 agents in it blocks the page for seconds.
  const { data, error, refetch } = useQuery(agentsQuery, { fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isCreating, setCreating] = useState(false);
  const columns = useMemo(() => agentColumns(data?.environments.map((environment) => environment.id) ?? []), [data]);
  const rows = useMemo(() => data?.agents.map((agent) => unmask(agentRowFragment, agent)), [data]);
  return (
    <>
      <ListPage
        title="Agents"
        rows={rows}
        error={error}
        emptyText="No agents yet. An agent is a service account for one AI agent; it can call nothing until it holds a role somewhere."
        act={
          <ActButton needs="agents:write" onClick={() => setCreating(true)}>
            Create agent
          </ActButton>
        }
        filterLabel="Filter by id, name, tag, role or environment"
        textOf={searchText}
      >
        {(matching, order) => (
          <DataTable label="Agents" columns={columns} rows={matching} rowId={(row) => row.id} {...order} />
        )}
      </ListPage>
      {isCreating ? <CreateAgent close={() => setCreating(false)} /> : null}
    </>
  );
}

function searchText({ id, name, status, tags, assignments, rotationPolicy }: AgentRowFragment): string {
  const held = assignments.flatMap(({ role, environment }) => [role, environment]);
  const rotation = rotationPolicy ? [rotationWords[rotationPolicy.state]] : [];
  return [id, name, status, ...tags, ...held, ...rotation].join(' ').toLowerCase();
}
