import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { GrantCellFragment, GrantMatrixQuery } from '../gql/graphql.js';
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
import { GrantCell } from './GrantCell.js';
import styles from './GrantCell.module.css';
import { byEnvironment } from './grant-rows.js';
import { grantCellFragment, grantMatrixQuery } from './grants.graphql.js';
import type { GrantUse } from './GrantUseMark.js';
import { RevokeGrant } from './RevokeGrant.js';
import { useGrantUses } from './use-grant-uses.js';

const pageSize = 50;

export function GrantsPage() {
  const { filter } = useListAddress('role');
  const skip = useSkip();
  const variables = { filter, first: pageSize, skip };
  const { data, previousData, error, refetch } = useQuery(grantMatrixQuery, { variables, fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const shown = data ?? previousData;
  const navigate = useNavigate();
  const act = (
    <ActButton needs="grants:write" onClick={() => void navigate('/grants/new')}>
      Add grant
    </ActButton>
  );
  const whoCan = (
    <Button component={Link} to="/grants/who-can" variant="default">
      Who can?
    </Button>
  );
  const isEmpty = shown?.grantMatrix.total === 0;
  return (
    <>
      <PageHeading
        title="Grants"
        actions={
          isEmpty || !shown ? null : (
            <>
              {whoCan} {act}
            </>
          )
        }
      />
      {error ? <ProblemNote error={error} trying="The grants could not be loaded" /> : null}
      {!shown && !error ? <Loading lines={10} /> : null}
      {isEmpty ? <Empty text="Everything is denied until you grant it.">{act}</Empty> : null}
      {shown && !isEmpty ? <Matrix {...shown} refetch={refetch} /> : null}
    </>
  );
}

function useSkip(): number {
  return Math.max(0, Math.trunc(Number(useSearchParams()[0].get('skip'))) || 0);
}

type MatrixProps = GrantMatrixQuery & { readonly refetch: () => Promise<unknown> };

function Matrix({ environments, grantMatrix: { total, matching, rows }, refetch }: MatrixProps) {
  const { filter } = useListAddress('role');
  const [, setSearch] = useSearchParams();
  const skip = useSkip();
  const [revoking, setRevoking] = useState<GrantCellFragment | null>(null);
  const ids = environments.map(({ id }) => id);
  const { uses, error } = useGrantUses(rows.flatMap(({ grants }) => grants.map(({ id }) => id)));
  const to = (from: number, text = filter) =>
    setSearch(
      { ...(text === '' ? {} : { q: text }), ...(from === 0 ? {} : { skip: String(from) }) },
      { replace: true },
    );
  return (
    <>
      <FilterBar
        label="Filter by role, tool or environment"
        filter={filter}
        setFilter={(text) => to(0, text)}
        shown={matching}
        total={total}
      />
      {error ? <ProblemNote error={error} trying="When the grants were last used is not known" /> : null}
      <PlainTable
        label="Grants by role and tool, environments side by side"
        heads={['Role', 'Tool', ...ids]}
        rows={rows.map((row) => ({
          id: `${row.role} ${row.isClass ? 'class' : 'tool'} ${row.what}`,
          cells: cellsOf(row, ids, uses, setRevoking),
        }))}
      />
      {skip === 0 ? null : (
        <Button variant="default" mt="md" mr="md" onClick={() => to(Math.max(0, skip - pageSize))}>
          Earlier rows
        </Button>
      )}
      {skip + rows.length >= matching ? null : (
        <Button variant="default" mt="md" onClick={() => to(skip + pageSize)}>
          Rows from {(skip + pageSize + 1).toLocaleString()} of {matching.toLocaleString()}
        </Button>
      )}
      {revoking ? <RevokeGrant grant={revoking} close={() => setRevoking(null)} refetch={refetch} /> : null}
    </>
  );
}

type Row = GrantMatrixQuery['grantMatrix']['rows'][number];

function cellsOf(
  row: Row,
  environments: readonly string[],
  uses: ReadonlyMap<string, GrantUse>,
  revoke: (grant: GrantCellFragment) => void,
) {
  const cells = byEnvironment(unmask(grantCellFragment, row.grants));
  return [
    <span className={styles['role']}>
      <VisibleText text={row.role} />
    </span>,
    <span className="mono">
      {row.isClass ? 'class ' : null}
      <VisibleText text={row.what} />
    </span>,
    ...environments.map((environment) => (
      <GrantCell key={environment} grants={cells.get(environment) ?? []} uses={uses} revoke={revoke} />
    )),
  ];
}
