import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { DataTable } from '../parts/DataTable.js';
import { ListPage } from '../parts/ListPage.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { CreateDirectory } from './CreateDirectory.js';
import { directoriesQuery, directoryRowFragment } from './directories.graphql.js';
import { directoryColumns } from './directory-columns.js';
import { formTexts } from './form-texts.js';

const emptyText =
  'No directories yet. A directory lists the payees, recipients or addresses that your own people vouch for; a grant can then allow only these.';

export function DirectoriesPage() {
  const { data, error, refetch } = useQuery(directoriesQuery, { fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isCreating, setCreating] = useState(false);
  const rows = useMemo(() => data?.directories.map((one) => unmask(directoryRowFragment, one)), [data]);
  return (
    <>
      <ListPage
        title="Directories"
        rows={rows}
        error={error}
        emptyText={emptyText}
        act={
          <ActButton needs="grants:write" onClick={() => setCreating(true)}>
            Create directory
          </ActButton>
        }
        filterLabel="Filter by id, name, environment or what it holds"
        textOf={searchText}
        defaultSort="name"
      >
        {(matching, order) => (
          <DataTable label="Directories" columns={directoryColumns} rows={matching} rowId={({ id }) => id} {...order} />
        )}
      </ListPage>
      {isCreating ? (
        <CreateDirectory environments={data?.environments.map(({ id }) => id) ?? []} close={() => setCreating(false)} />
      ) : null}
    </>
  );
}

function searchText({ id, name, environment, holds, retiredAt }: Directory): string {
  const state = retiredAt === null ? '' : 'retired';
  return `${id} ${name} ${environment} ${formTexts[holds].holds} ${state}`.toLowerCase();
}
