import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { unmask } from '../gql/index.js';
import { Loading } from '../parts/Loading.js';
import { Notice } from '../parts/Notice.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { observedFragment } from '../shell/observed.graphql.js';
import type { Asked } from './AccessCell.js';
import { AccessMatrix } from './AccessMatrix.js';
import { effectiveAccessQuery } from './access.graphql.js';
import styles from './AgentAccess.module.css';
import { useAgentOfPage } from './agent-of-page.js';
import { AgentQuotas } from './AgentQuotas.js';
import { TryCall } from './TryCall.js';

/** What the agent may call and why, as a guard at the head would answer. */
export function AgentAccessTab() {
  const { id } = useAgentOfPage();
  const { data, error, refetch } = useQuery(effectiveAccessQuery, {
    variables: { agent: id },
    fetchPolicy: 'cache-and-network',
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [asked, setAsked] = useState<{ readonly count: number; readonly call: Asked | null }>({ count: 0, call: null });
  const why = (call: Asked) => setAsked(({ count }) => ({ count: count + 1, call }));
  const access = data?.effectiveAccess;
  const observed = unmask(observedFragment, data?.environments ?? []).flatMap((one) =>
    one.observation === null ? [] : [{ id: one.id, until: one.observation.until }],
  );
  return (
    <div className={styles['stack']}>
      <Panel title="Access">
        {error ? <ProblemNote error={error} trying="The access could not be loaded" /> : null}
        {!access && !error ? <Loading lines={6} /> : null}
        {access ? (
          <>
            <p className="dim">
              As guards decide at revision {access.revision.toLocaleString()}, <When at={access.at} />, for a token
              asked for then. Limits on arguments are conditions here; try a call to see one decided.
            </p>
            {observed.map(({ id: environment, until }) => (
              <div key={environment} className={styles['note']}>
                <Notice kind="caution" title={`${visibleString(environment)} is observed`}>
                  <p>
                    What grants, limits or policies deny there is recorded as “would deny” and runs. It ends{' '}
                    <When at={until} />.
                  </p>
                </Notice>
              </div>
            ))}
            <AccessMatrix rows={access.rows} observed={observed.map((one) => one.id)} why={why} />
          </>
        ) : null}
      </Panel>
      {access ? <TryCall key={asked.count} agent={id} rows={access.rows} asked={asked.call} /> : null}
      <AgentQuotas agent={id} />
    </div>
  );
}
