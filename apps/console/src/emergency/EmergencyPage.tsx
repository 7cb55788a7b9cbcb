import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { unmask } from '../gql/index.js';
import type { EngagementPartsFragment } from '../gql/graphql.js';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { Empty } from '../parts/Empty.js';
import { Loading } from '../parts/Loading.js';
import { PageHeading } from '../parts/PageHeading.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { engagementFragment } from '../shell/engagement.graphql.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { useOpenKillSwitch } from '../shell/kill-switch-opener.js';
import { useInstall } from '../shell/session.js';
import { StopElsewhere } from '../shell/StopElsewhere.js';
import { stopWords } from '../shell/stop-words.js';
import { emergencyQuery } from './emergency.graphql.js';
import styles from './EmergencyPage.module.css';
import { StopTicket } from './StopTicket.js';

export function EmergencyPage() {
  const { data, error, refetch } = useQuery(emergencyQuery, { fetchPolicy: 'cache-and-network', pollInterval: 5_000 });
  const openKillSwitch = useOpenKillSwitch();
  const { stopUrl, leaseSeconds } = useInstall();
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const engaged = data
    ? unmask(engagementFragment, data.killSwitches)
        .filter((one) => one.status === 'engaged')
        .toSorted((a, b) => b.revision - a.revision)
    : null;
  return (
    <>
      <PageHeading title="Emergency" />
      <div className={styles['stack']}>
        {error ? <ProblemNote error={error} trying="What is engaged could not be loaded" /> : null}
        {engaged === null ? (
          error ? null : (
            <Loading />
          )
        ) : engaged.length === 0 ? (
          <Empty text="Nothing is stopped.">
            <Button color="stop" className="tall" onClick={() => openKillSwitch()}>
              <StateMark kind="stopped">Stop something</StateMark>
            </Button>
          </Empty>
        ) : (
          engaged.map((one) => <Engagement key={one.id} engagement={one} />)
        )}
        <Panel title="Releasing">
          <p>Releasing needs two people, and no role is exempt. It comes in a later version.</p>
          <p>
            The demo world can be rebuilt with <code>npm run demo:reset</code>.
          </p>
        </Panel>
        <Panel title="Without this console" actions={<StopTicket />}>
          <StopElsewhere stopUrl={stopUrl} />
          <p>
            A server that cannot be reached refuses every call by itself when its lease of {leaseSeconds} s has run out.
          </p>
        </Panel>
      </div>
    </>
  );
}

function Engagement({ engagement }: { readonly engagement: EngagementPartsFragment }) {
  return (
    <section className={styles['engagement']} aria-label={`Engaged: ${stopWords(engagement.scope, engagement.target)}`}>
      <p className={styles['title']}>
        <StateMark kind="stopped">
          STOPPED <VisibleText text={stopWords(engagement.scope, engagement.target)} />
        </StateMark>
      </p>
      <p>
        since <When at={engagement.engagedAt} /> by <VisibleText text={engagement.engagedBy} />
      </p>
      <p>
        {engagement.reason === '' ? (
          <span className="dim">No reason was given.</span>
        ) : (
          <VisibleText text={engagement.reason} />
        )}
      </p>
      <ConvergenceOf revision={engagement.revision} />
    </section>
  );
}
