import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { GrantCellFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { ListPage } from '../parts/ListPage.js';
import { PlainTable } from '../parts/PlainTable.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { AddGrant } from './AddGrant.js';
import { GrantCell } from './GrantCell.js';
import { grantRows, type GrantRow } from './grant-rows.js';
import { grantCellFragment, grantsQuery } from './grants.graphql.js';
import { RevokeGrant } from './RevokeGrant.js';

export function GrantsPage() {
  const { data, error, refetch } = useQuery(grantsQuery, { fetchPolicy: 'cache-and-network' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<GrantCellFragment | null>(null);
  const rows = useMemo(() => (data ? grantRows(unmask(grantCellFragment, data.grants)) : undefined), [data]);
  const environments = data?.environments.map(({ id }) => id) ?? [];
  return (
    <>
      <ListPage
        title="Grants"
        rows={rows}
        error={error}
        emptyText="Everything is denied until you grant it."
        act={
          <ActButton needs="grants:write" onClick={() => setAdding(true)}>
            Add grant
          </ActButton>
        }
        filterLabel="Filter by role or tool"
        textOf={searchText}
      >
        {(matching) => (
          <PlainTable
            label="Grants by role and tool, environments side by side"
            heads={['Role', 'Tool', ...environments]}
            rows={matching.map((row) => ({ id: row.id, cells: cellsOf(row, environments, setRevoking) }))}
          />
        )}
      </ListPage>
      {isAdding ? <AddGrant close={() => setAdding(false)} /> : null}
      {revoking ? <RevokeGrant grant={revoking} close={() => setRevoking(null)} /> : null}
    </>
  );
}

function searchText({ role, what }: GrantRow): string {
  return `${role} ${what}`.toLowerCase();
}

function cellsOf(row: GrantRow, environments: readonly string[], revoke: (grant: GrantCellFragment) => void) {
  return [
    <VisibleText text={row.role} />,
    <span className="mono">
      {row.isClass ? 'class ' : null}
      <VisibleText text={row.what} />
    </span>,
    ...environments.map((environment) => (
      <GrantCell key={environment} grants={row.byEnvironment.get(environment) ?? []} revoke={revoke} />
    )),
  ];
}
