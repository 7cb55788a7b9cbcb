import { useQuery } from '@apollo/client/react';
import { useMemo, useState, type ReactNode } from 'react';
import type { ObservedPartsFragment as Environment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { ListPage } from '../parts/ListPage.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { useHead, useRefetchOnRevision } from '../shell/head.js';
import { observedFragment } from '../shell/observed.graphql.js';
import { EnforceEnvironment } from './EnforceEnvironment.js';
import { environmentsQuery } from './environments.graphql.js';
import { GrantProposals } from './GrantProposals.js';
import { ObserveEnvironment } from './ObserveEnvironment.js';
import { ReviewCell, SetPolicyReview } from './PolicyReviewSetting.js';
import styles from './settings.module.css';

const emptyText =
  'No environments yet. An environment is where a server stands: prod, staging. It is made with the first server.';
// An observation ends by itself, without anybody who would say so here.
const pollMs = 5_000;

export function EnvironmentsPage() {
  const { data, error, refetch } = useQuery(environmentsQuery, {
    fetchPolicy: 'cache-and-network',
    pollInterval: pollMs,
  });
  useRefetchOnRevision(useHead()?.revision ?? null, refetch);
  const [asked, setAsked] = useState<{ readonly act: Act; readonly environment: Environment } | null>(null);
  const [shown, setShown] = useState<readonly string[]>([]);
  const rows = useMemo(() => data?.environments.map((one) => unmask(observedFragment, one)), [data]);
  const close = () => setAsked(null);
  const reviewed = data?.policyReviews ?? [];
  const show = (id: string) => setShown((before) => (before.includes(id) ? before : [...before, id]));
  return (
    <>
      <ListPage
        title="Environments"
        rows={rows}
        error={error}
        emptyText={emptyText}
        act={null}
        filterLabel="Filter by id or name"
        textOf={({ id, name }) => `${id} ${name}`.toLowerCase()}
      >
        {(matching) => (
          <div className={styles['stack']}>
            <PlainTable
              label="Environments"
              heads={['Environment', 'Rules', 'Act', 'Policies']}
              rows={matching.map((environment) => ({
                id: environment.id,
                cells: [
                  ...cellsOf(environment, (act) => setAsked({ act, environment }), show),
                  <ReviewCell
                    environment={environment.id}
                    isRequired={reviewed.includes(environment.id)}
                    ask={() => setAsked({ act: 'review', environment })}
                  />,
                ],
              }))}
            />
            {matching
              .filter(({ id, observation }) => observation !== null || shown.includes(id))
              .map(({ id }) => (
                <GrantProposals key={id} environment={id} />
              ))}
          </div>
        )}
      </ListPage>
      {asked?.act === 'observe' ? <ObserveEnvironment id={asked.environment.id} close={close} /> : null}
      {asked?.act === 'enforce' ? <EnforceEnvironment id={asked.environment.id} close={close} /> : null}
      {asked?.act === 'review' ? (
        <SetPolicyReview
          environment={asked.environment.id}
          isRequired={reviewed.includes(asked.environment.id)}
          close={close}
        />
      ) : null}
    </>
  );
}

type Act = 'observe' | 'enforce' | 'review';

function cellsOf(
  { id, name, observation }: Environment,
  ask: (act: Act) => void,
  show: (id: string) => void,
): readonly ReactNode[] {
  const act: Act = observation === null ? 'observe' : 'enforce';
  const words = observation === null ? 'Observe' : 'Enforce';
  return [
    <>
      <EnvironmentChip environment={id} /> <VisibleText text={name} />
    </>,
    observation === null ? (
      <StateMark kind="ok">enforced</StateMark>
    ) : (
      <>
        <StateMark kind="caution">only recorded</StateMark> until it ends <When at={observation.until} />; begun{' '}
        <When at={observation.startedAt} /> by <VisibleText text={observation.startedBy} />:{' '}
        <VisibleText text={observation.reason} />
      </>
    ),
    <span className={styles['acts']}>
      <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={() => ask(act)}>
        {words} {visibleString(id)}
      </ActButton>
      {observation === null ? (
        <ActButton needs="read" size="compact-sm" variant="subtle" onClick={() => show(id)}>
          What was seen in {visibleString(id)}
        </ActButton>
      ) : null}
    </span>,
  ];
}
