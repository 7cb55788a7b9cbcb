import { useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { unmask } from '../gql/index.js';
import { DecisionTail } from '../live/DecisionTail.js';
import { ActButton } from '../parts/ActButton.js';
import { Empty } from '../parts/Empty.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { Facts } from '../parts/Facts.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { visibleString } from '../parts/visible-text.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { useOpenKillSwitch } from '../shell/kill-switch-opener.js';
import { GuardsTable } from './GuardsTable.js';
import { JoinToken } from './JoinToken.js';
import { guardFragment, serverQuery } from './servers.graphql.js';
import styles from './ServerPage.module.css';
import { ServerTools } from './ServerTools.js';

const pollMs = 2_000;

export function ServerPage() {
  const { id = '' } = useParams();
  const openKillSwitch = useOpenKillSwitch();
  const { data, error, refetch } = useQuery(serverQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    pollInterval: pollMs,
  });
  const head = useHead()?.revision ?? null;
  useRefetchOnRevision(head, refetch);
  const server = data?.server;
  const stop = (
    <ActButton
      needs="kill:engage"
      color="stop"
      className={styles['stop'] ?? ''}
      onClick={() => openKillSwitch({ scope: 'server', target: id })}
    >
      <StateMark kind="stopped">Stop {visibleString(id)}…</StateMark>
    </ActButton>
  );
  return (
    <>
      <PageHeading title={server?.name ?? id} trail={<Link to="/servers">Servers</Link>} actions={stop} />
      {error ? <ProblemNote error={error} trying="The server could not be loaded" /> : null}
      {data && !server ? (
        <Empty text="There is no server with this id.">
          <Link to="/servers">All servers</Link>
        </Empty>
      ) : null}
      {!data && !error ? <Loading lines={8} /> : null}
      {server ? (
        <div className={styles['stack']}>
          <Panel title="Summary">
            <Facts
              facts={[
                ['Id', <span className="mono">{server.id}</span>],
                ['Environment', <EnvironmentChip environment={server.environment} />],
                ['Resource', <span className="mono">{visibleString(server.resource)}</span>],
                ...(server.demo ? [['Part of', 'the demo world'] as const] : []),
              ]}
            />
          </Panel>
          <Panel title="Guards" actions={<JoinToken server={server.id} />}>
            <GuardsTable guards={unmask(guardFragment, server.guards)} head={head} />
          </Panel>
          <ServerTools server={server} />
          <Panel title="Latest decisions">
            <DecisionTail server={id} />
          </Panel>
        </div>
      ) : null}
    </>
  );
}
