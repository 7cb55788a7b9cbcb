import { useQuery } from '@apollo/client/react';
import { unmask } from '../gql/index.js';
import { ConvergenceLine } from '../live/ConvergenceLine.js';
import { DecisionTail } from '../live/DecisionTail.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { engagementFragment } from '../shell/engagement.graphql.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { useInstall } from '../shell/session.js';
import { DemoIncident } from './DemoIncident.js';
import { FirstSteps } from './FirstSteps.js';
import { LastHour } from './LastHour.js';
import { overviewQuery } from './overview.graphql.js';
import { StateSentence } from './StateSentence.js';
import styles from './OverviewPage.module.css';

const pollMs = 5_000;

export function OverviewPage() {
  const { data, error, refetch } = useQuery(overviewQuery, { pollInterval: pollMs, fetchPolicy: 'cache-and-network' });
  const head = useHead();
  useRefetchOnRevision(head?.revision ?? null, refetch);
  const { demo } = useInstall();
  const engaged = unmask(engagementFragment, data?.overview.engaged ?? []);
  return (
    <>
      <PageHeading title="Overview" actions={demo ? <DemoIncident /> : null} />
      <div className={styles['grid']}>
        <div className={styles['wide']}>
          <StateSentence head={head} engaged={engaged.filter((one) => one.status === 'engaged').length} />
        </div>
        <Panel title="Convergence">
          {head ? <ConvergenceLine convergence={head} /> : <p className="dim">Waiting for the live connection.</p>}
        </Panel>
        <Panel title="Decisions, last hour">
          {data ? (
            <LastHour counts={data.overview.lastHour} />
          ) : error ? (
            <ProblemNote error={error} trying="The counts could not be loaded" />
          ) : (
            <Loading lines={2} />
          )}
        </Panel>
        <div className={styles['wide']}>
          <Panel title="Live decisions">
            <DecisionTail />
          </Panel>
        </div>
        {data ? (
          <div className={styles['wide']}>
            <FirstSteps agents={data.overview.agents} />
          </div>
        ) : null}
      </div>
    </>
  );
}
