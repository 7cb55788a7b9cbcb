import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { ServerRowFragment } from '../gql/graphql.js';
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
import { ConnectServer } from './ConnectServer.js';
import { serverColumns } from './server-columns.js';
import { guardFragment, serverRowFragment, serversQuery } from './servers.graphql.js';

const pollMs = 2_000;

export function ServersPage() {
  const { data, error, refetch } = useQuery(serversQuery, { fetchPolicy: 'cache-and-network', pollInterval: pollMs });
  const head = useHead()?.revision ?? null;
  useRefetchOnRevision(head, refetch);
  const { filter, setFilter, sort, setSort } = useListAddress('health');
  const [isConnecting, setConnecting] = useState(false);
  const columns = useMemo(() => serverColumns(head), [head]);
  const rows = useMemo(
    () =>
      data?.servers
        .map((server) => unmask(serverRowFragment, server))
        .map((row) => ({ row, guards: [...unmask(guardFragment, row.guards)] })) ?? [],
    [data],
  );
  const matching = rows.filter(({ row }) => searchText(row).includes(filter.trim().toLowerCase()));
  const connect = (
    <ActButton needs="servers:write" onClick={() => setConnecting(true)}>
      Connect server
    </ActButton>
  );
  return (
    <>
      <PageHeading title="Servers" actions={rows.length > 0 ? connect : null} />
      {error ? <ProblemNote error={error} trying="The servers could not be loaded" /> : null}
      {!data ? (
        error ? null : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <Empty text="No servers yet. A server is an MCP server with a guard in it or before it.">{connect}</Empty>
      ) : (
        <>
          <FilterBar
            label="Filter by id, name or environment"
            filter={filter}
            setFilter={setFilter}
            shown={matching.length}
            total={rows.length}
          />
          <DataTable
            label="Servers"
            columns={columns}
            rows={matching}
            rowId={({ row }) => row.id}
            sort={sort}
            setSort={setSort}
          />
        </>
      )}
      {isConnecting ? <ConnectServer close={() => setConnecting(false)} /> : null}
    </>
  );
}

function searchText({ id, name, environment }: ServerRowFragment): string {
  return `${id} ${name} ${environment}`.toLowerCase();
}
