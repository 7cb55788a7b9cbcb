import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { ApiTokenRowFragment as ApiToken } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { DataTable } from '../parts/DataTable.js';
import { ListPage } from '../parts/ListPage.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { apiTokenColumns } from './api-token-columns.js';
import { apiTokenRowFragment, apiTokensQuery } from './api-tokens.graphql.js';
import { CreateApiToken, type MadeToken } from './CreateApiToken.js';
import { MadeApiToken } from './MadeApiToken.js';
import { RevokeApiToken } from './RevokeApiToken.js';

const emptyText =
  'No API tokens yet. With one, your own scripts use the API as you, with your permissions: policies kept as files in CI are done so.';

/** The signed-in person's own; nobody sees those of others. */
export function ApiTokensPage() {
  const { data, error, refetch } = useQuery(apiTokensQuery, { fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isCreating, setCreating] = useState(false);
  const [made, setMade] = useState<MadeToken | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const rows = useMemo(() => data?.apiTokens.map((token) => unmask(apiTokenRowFragment, token)), [data]);
  const columns = useMemo(() => apiTokenColumns(setRevoking), []);
  const whenMade = (token: MadeToken) => {
    setCreating(false);
    setMade(token);
    void refetch().catch(() => undefined);
  };
  return (
    <>
      <ListPage
        title="API tokens"
        rows={rows}
        error={error}
        emptyText={emptyText}
        act={
          <ActButton needs="read" onClick={() => setCreating(true)}>
            Create API token
          </ActButton>
        }
        filterLabel="Filter by name or beginning"
        textOf={({ name, prefix }) => `${name} ${prefix}`.toLowerCase()}
        defaultSort="-created"
      >
        {(matching, order) => (
          <DataTable label="API tokens" columns={columns} rows={matching} rowId={(row) => row.id} {...order} />
        )}
      </ListPage>
      {isCreating ? <CreateApiToken whenMade={whenMade} close={() => setCreating(false)} /> : null}
      {made ? <MadeApiToken made={made} close={() => setMade(null)} /> : null}
      {revoking ? <RevokeApiToken token={revoking} refetch={refetch} close={() => setRevoking(null)} /> : null}
    </>
  );
}
