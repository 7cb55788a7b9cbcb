import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { GrantCellFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { FilterBar } from '../parts/FilterBar.js';
import { useListAddress } from '../parts/list-address.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
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
  const { filter, setFilter } = useListAddress('role');
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<GrantCellFragment | null>(null);
  const rows = useMemo(() => grantRows(unmask(grantCellFragment, data?.grants ?? [])), [data]);
  const words = filter.trim().toLowerCase();
  const matching = rows.filter(({ role, what }) => `${role} ${what}`.toLowerCase().includes(words));
  const environments = data?.environments.map(({ id }) => id) ?? [];
  const add = (
    <ActButton needs="grants:write" onClick={() => setAdding(true)}>
      Add grant
    </ActButton>
  );
  return (
    <>
      <PageHeading title="Grants" actions={rows.length > 0 ? add : null} />
      {error ? <ProblemNote error={error} trying="The grants could not be loaded" /> : null}
      {!data ? error ? null : <Loading /> : null}
      {data && rows.length === 0 ? <Empty text="Everything is denied until you grant it.">{add}</Empty> : null}
      {data && rows.length > 0 ? (
        <>
          <FilterBar
            label="Filter by role or tool"
            filter={filter}
            setFilter={setFilter}
            shown={matching.length}
            total={rows.length}
          />
          <PlainTable
            label="Grants by role and tool, environments side by side"
            heads={['Role', 'Tool', ...environments]}
            rows={matching.map((row) => ({ id: row.id, cells: cellsOf(row, environments, setRevoking) }))}
          />
        </>
      ) : null}
      {isAdding ? <AddGrant close={() => setAdding(false)} /> : null}
      {revoking ? <RevokeGrant grant={revoking} close={() => setRevoking(null)} /> : null}
    </>
  );
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
