import { useQuery } from '@apollo/client/react';
import { Link, useSearchParams } from 'react-router';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { Notice } from '../parts/Notice.js';
import { PageHeading } from '../parts/PageHeading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useNow } from '../parts/When.js';
import { WidenForm } from './WidenForm.js';
import { toWidenQuery } from './widenings.graphql.js';

/** Grants one open conversation something for a limited time. */
export function WidenPage() {
  const conversation = useSearchParams()[0].get('conversation') ?? '';
  const { data, error } = useQuery(toWidenQuery, { variables: { conversation }, fetchPolicy: 'no-cache' });
  const found = data?.conversation;
  const now = useNow();
  const isOpen = found?.status === 'open' && found.expiresAt > now;
  return (
    <>
      <PageHeading title="Widen a conversation" trail={<Link to="/widenings">Widenings</Link>} />
      {error ? <ProblemNote error={error} trying="The conversation could not be loaded" /> : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {found === null ? (
        <Empty text="There is no conversation with this id. A conversation is widened from its agent’s page.">
          <Link to="/agents">All agents</Link>
        </Empty>
      ) : null}
      {found && !isOpen ? (
        <Notice kind="caution" title="This conversation is over">
          <p>
            Nothing can be granted for it any more.{' '}
            <Link to={`/agents/${encodeURIComponent(found.agent)}/conversations`}>The agent’s conversations</Link>
          </p>
        </Notice>
      ) : null}
      {found && isOpen ? <WidenForm key={found.id} conversation={found} /> : null}
    </>
  );
}
