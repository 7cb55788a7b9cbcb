import { useQuery } from '@apollo/client/react';
import { Link, Outlet, useParams } from 'react-router';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { Tabs } from '../parts/Tabs.js';
import { visibleString } from '../parts/visible-text.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { useOpenKillSwitch } from '../shell/kill-switch-opener.js';
import { agentQuery } from './agents.graphql.js';
import styles from './AgentPage.module.css';

const pollMs = 5_000;
const tabs = [
  ['summary', 'Summary'],
  ['access', 'Access'],
  ['credentials', 'Credentials'],
  ['conversations', 'Conversations'],
  ['changes', 'Changes'],
] as const;

export function AgentPage() {
  const { id = '' } = useParams();
  const openKillSwitch = useOpenKillSwitch();
  const { data, error, refetch } = useQuery(agentQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    pollInterval: pollMs,
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const agent = data?.agent;
  const stop = (
    <ActButton
      needs="kill:engage"
      color="stop"
      className={styles['stop'] ?? ''}
      onClick={() => openKillSwitch({ scope: 'agent', target: id })}
    >
      <StateMark kind="stopped">Stop {visibleString(id)}…</StateMark>
    </ActButton>
  );
  return (
    <>
      <PageHeading title={agent?.name ?? id} trail={<Link to="/agents">Agents</Link>} actions={stop} />
      {error ? <ProblemNote error={error} trying="The agent could not be loaded" /> : null}
      {data && !agent ? (
        <Empty text="There is no agent with this id.">
          <Link to="/agents">All agents</Link>
        </Empty>
      ) : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {agent ? (
        <>
          <Tabs label="Parts of this agent" tabs={tabs} />
          <Outlet context={agent} />
        </>
      ) : null}
    </>
  );
}
