import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PolicyListQuery } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { NewPolicy } from './NewPolicy.js';
import { policyListQuery } from './policies.graphql.js';

export function PoliciesPage() {
  const { data, error, refetch } = useQuery(policyListQuery, { fetchPolicy: 'cache-and-network' });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [isWriting, setWriting] = useState(false);
  const act = (words: string) => (
    <ActButton needs="policies:write" onClick={() => setWriting(true)}>
      {words}
    </ActButton>
  );
  const isEmpty = data?.policies.length === 0;
  return (
    <>
      <PageHeading title="Policies" actions={data && !isEmpty ? act('Write a policy') : null} />
      {error ? <ProblemNote error={error} trying="The policies could not be loaded" /> : null}
      {!data && !error ? <Loading lines={6} /> : null}
      {isEmpty ? (
        <Empty text="Default deny is in force. A policy takes away from what grants give.">
          {act('Start from an example')}
        </Empty>
      ) : null}
      {data && !isEmpty ? <List policies={data.policies} /> : null}
      {isWriting ? <NewPolicy environments={data?.environments ?? []} close={() => setWriting(false)} /> : null}
    </>
  );
}

type Listed = PolicyListQuery['policies'][number];

function List({ policies }: { readonly policies: readonly Listed[] }) {
  return (
    <PlainTable
      label="Policies"
      heads={['Policy', 'Holds in', 'State', 'Draft']}
      rows={policies.map((policy) => ({
        id: policy.id,
        cells: [
          <Link to={`/policies/${policy.id}`}>
            <VisibleText text={policy.name} />
          </Link>,
          policy.environment ?? 'every environment',
          <PolicyState policy={policy} />,
          policy.retiredAt === null && policy.newestVersion !== policy.liveVersion
            ? `version ${policy.newestVersion}`
            : 'none',
        ],
      }))}
    />
  );
}

export function PolicyState({ policy }: { readonly policy: Pick<Listed, 'liveVersion' | 'retiredAt'> }) {
  if (policy.retiredAt !== null) return <StateMark kind="off">Retired</StateMark>;
  if (policy.liveVersion === null) return <StateMark kind="paused">Draft, asked by no guard</StateMark>;
  return <StateMark kind="ok">Version {policy.liveVersion} published</StateMark>;
}
