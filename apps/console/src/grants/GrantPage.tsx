import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { GrantCellFragment, GrantPageQuery } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import styles from './AddGrant.module.css';
import { GrantFacts } from './GrantFacts.js';
import { GrantQuotas } from './GrantQuotas.js';
import { grantPageQuery } from './grant-page.graphql.js';
import { grantCellFragment } from './grants.graphql.js';
import { RevokeGrant } from './RevokeGrant.js';

/** One grant in full, and how much of its quotas is used. */
export function GrantPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(grantPageQuery, { variables: { id }, fetchPolicy: 'no-cache' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  return (
    <>
      <PageHeading title={`Grant ${id}`} trail={<Link to="/grants">Grants</Link>} />
      {error ? <ProblemNote error={error} trying="The grant could not be loaded" /> : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {data?.grant === null ? (
        <Empty text="There is no grant with this id.">
          <Link to="/grants">All grants</Link>
        </Empty>
      ) : null}
      {data?.grant ? <Whole grant={data.grant} refetch={refetch} /> : null}
    </>
  );
}

interface WholeProps {
  readonly grant: NonNullable<GrantPageQuery['grant']>;
  readonly refetch: () => Promise<unknown>;
}

function Whole({ grant, refetch }: WholeProps) {
  const cell: GrantCellFragment = unmask(grantCellFragment, grant);
  const [isRevoking, setRevoking] = useState(false);
  return (
    <div className={styles['form']}>
      <Panel
        title="What it gives"
        actions={
          <span className={styles['acts']}>
            <Link to={`/grants/new?from=${encodeURIComponent(grant.id)}`}>Copy</Link>
            {grant.revokedAt === null ? (
              <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={() => setRevoking(true)}>
                Revoke…
              </ActButton>
            ) : null}
          </span>
        }
      >
        <GrantFacts grant={grant} cell={cell} />
      </Panel>
      <GrantQuotas id={grant.id} obligations={grant.obligations} />
      {isRevoking ? <RevokeGrant grant={cell} close={() => setRevoking(false)} refetch={refetch} /> : null}
    </div>
  );
}
