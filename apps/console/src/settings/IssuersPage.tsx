import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import type { SubjectIssuerPartsFragment as Issuer } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { ListPage } from '../parts/ListPage.js';
import { PlainTable } from '../parts/PlainTable.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { CreateIssuer } from './CreateIssuer.js';
import { EditIssuer } from './EditIssuer.js';
import { issuerCells, type IssuerAct } from './issuer-cells.js';
import { subjectIssuerFragment, subjectIssuersQuery } from './issuers.graphql.js';
import { RemoveIssuer } from './RemoveIssuer.js';
import { SwitchIssuer } from './SwitchIssuer.js';

const emptyText =
  'No issuers yet. An issuer is a sign-in service of yours (OpenID Connect). Once it is here, an agent can show a token of one of its users and act for that user: every call then carries who it is for. Without one, people let agents act for them on the agent’s page.';

export function IssuersPage() {
  const { data, error, refetch } = useQuery(subjectIssuersQuery, { fetchPolicy: 'cache-and-network' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isCreating, setCreating] = useState(false);
  const [asked, setAsked] = useState<{ readonly act: IssuerAct; readonly issuer: Issuer } | null>(null);
  const rows = useMemo(
    () => data?.subjectIssuers.map((issuer) => unmask(subjectIssuerFragment, issuer)).toSorted(byName),
    [data],
  );
  const close = () => setAsked(null);
  return (
    <>
      <ListPage
        title="Issuers"
        rows={rows}
        error={error}
        emptyText={emptyText}
        act={
          <ActButton needs="tokens:write" onClick={() => setCreating(true)}>
            Add issuer
          </ActButton>
        }
        filterLabel="Filter by id, name or address"
        textOf={searchText}
      >
        {(matching) => (
          <PlainTable
            label="Issuers"
            heads={['Name', 'State', 'Issuer', 'Added', 'Act']}
            rows={matching.map((issuer) => ({
              id: issuer.id,
              cells: issuerCells(issuer, (act) => setAsked({ act, issuer })),
            }))}
          />
        )}
      </ListPage>
      {isCreating ? <CreateIssuer close={() => setCreating(false)} /> : null}
      {asked?.act === 'edit' ? <EditIssuer issuer={asked.issuer} close={close} /> : null}
      {asked?.act === 'switch' ? <SwitchIssuer issuer={asked.issuer} close={close} /> : null}
      {asked?.act === 'remove' ? <RemoveIssuer issuer={asked.issuer} close={close} /> : null}
    </>
  );
}

function searchText({ id, name, issuer }: Issuer): string {
  return `${id} ${name} ${issuer}`.toLowerCase();
}

function byName(a: Issuer, b: Issuer): number {
  return a.name.localeCompare(b.name) || a.id.localeCompare(b.id);
}
