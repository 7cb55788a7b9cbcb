import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link, Outlet, useOutletContext, useParams } from 'react-router';
import type { PolicyPageQuery } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { Tabs } from '../parts/Tabs.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { PolicyState } from './PoliciesPage.js';
import { policyQuery } from './policies.graphql.js';
import { RetirePolicy } from './policy-acts.js';

export type ShownPolicy = NonNullable<PolicyPageQuery['policy']>;
export type ShownVersion = ShownPolicy['versions'][number];

const tabs = [
  ['edit', 'Text and tests'],
  ['history', 'History'],
] as const;

export function usePolicy(): ShownPolicy {
  return useOutletContext<ShownPolicy>();
}

export function PolicyPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(policyQuery, { variables: { id }, fetchPolicy: 'cache-and-network' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isRetiring, setRetiring] = useState(false);
  const policy = data?.policy;
  const retire =
    policy && policy.retiredAt === null ? (
      <ActButton needs="policies:write" variant="default" onClick={() => setRetiring(true)}>
        Retire
      </ActButton>
    ) : null;
  return (
    <>
      <PageHeading title={policy?.name ?? id} trail={<Link to="/policies">Policies</Link>} actions={retire} />
      {error ? <ProblemNote error={error} trying="The policy could not be loaded" /> : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {data && !policy ? (
        <Empty text="There is no policy with this id.">
          <Link to="/policies">All policies</Link>
        </Empty>
      ) : null}
      {policy ? (
        <>
          <p>
            <PolicyState policy={policy} /> <span className="dim">in {policy.environment ?? 'every environment'}</span>
          </p>
          <Tabs label="Parts of this policy" tabs={tabs} />
          <Outlet context={policy} />
        </>
      ) : null}
      {policy && isRetiring ? <RetirePolicy id={policy.id} close={() => setRetiring(false)} /> : null}
    </>
  );
}
