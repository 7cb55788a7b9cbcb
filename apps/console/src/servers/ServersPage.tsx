import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { ServerRowFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { DataTable } from '../parts/DataTable.js';
import { ListPage } from '../parts/ListPage.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { ConnectServer } from './ConnectServer.js';
import { serverColumns } from './server-columns.js';
import { guardFragment, serverRowFragment, serversQuery } from './servers.graphql.js';

const pollMs = 2_000;

export function ServersPage() {
  const { data, error, refetch } = useQuery(serversQuery, { fetchPolicy: 'cache-and-network', pollInterval: pollMs });
  const head = useHead()?.revision ?? null;
  useRefetchOnRevision(head, refetch);
  const [isConnecting, setConnecting] = useState(false);
  const columns = useMemo(() => serverColumns(head), [head]);
  const rows = useMemo(
    () =>
      data?.servers
        .map((server) => unmask(serverRowFragment, server))
        .map((row) => ({ row, guards: [...unmask(guardFragment, row.guards)] })),
    [data],
  );
  return (
    <>
      <ListPage
        title="Servers"
        rows={rows}
        error={error}
        emptyText="No servers yet. A server is an MCP server with a guard in it or before it."
        act={
          <ActButton needs="servers:write" onClick={() => setConnecting(true)}>
            Connect server
          </ActButton>
        }
        filterLabel="Filter by id, name or environment"
        textOf={searchText}
        defaultSort="health"
      >
        {(matching, order) => (
          <DataTable label="Servers" columns={columns} rows={matching} rowId={({ row }) => row.id} {...order} />
        )}
      </ListPage>
      {isConnecting ? <ConnectServer close={() => setConnecting(false)} /> : null}
    </>
  );
}

function searchText({ row: { id, name, environment } }: { readonly row: ServerRowFragment }): string {
  return `${id} ${name} ${environment}`.toLowerCase();
}
