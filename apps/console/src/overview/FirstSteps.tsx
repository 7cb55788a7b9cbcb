import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Link } from 'react-router';
import type { FirstStepsQuery } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { StateMark } from '../parts/StateMark.js';
import { firstStepsQuery } from './overview.graphql.js';
import styles from './FirstSteps.module.css';

const pollMs = 5_000;
const mostAgents = 50;

/** The first-run checklist. Steps tick themselves when the server has seen the event, never because a button was pressed. */
export function FirstSteps({ agents }: { readonly agents: number }) {
  const [isHidden, setHidden] = useLocalStorage({ key: 'portcullis-first-steps-hidden', defaultValue: false });
  const isSkipped = isHidden || agents > mostAgents;
  const { data } = useQuery(firstStepsQuery, { skip: isSkipped, pollInterval: pollMs });
  if (isSkipped || !data) return null;
  const steps = stepsOf(data);
  if (steps.every((step) => step.isDone)) return null;
  return (
    <Panel
      title="First steps"
      actions={
        <Button size="compact-sm" variant="default" onClick={() => setHidden(true)}>
          Hide
        </Button>
      }
    >
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <li key={step.text}>
            <StateMark kind={step.isDone ? 'ok' : 'off'}>
              <span className="unseen">{step.isDone ? 'Done: ' : 'To do: '}</span>
              <Link to={step.to}>{step.text}</Link>
            </StateMark>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function stepsOf({ servers, agents, recentDecisions }: FirstStepsQuery) {
  const own = agents.filter((agent) => !agent.demo);
  return [
    {
      text: 'Connect a server',
      to: '/servers',
      isDone: servers.some((server) => server.guards.some((guard) => guard.connected)),
    },
    { text: 'See the first decision', to: '/overview', isDone: recentDecisions.length > 0 },
    {
      text: 'Create an agent of your own and issue its credential',
      to: '/agents',
      isDone: own.some((agent) => agent.credentials.length > 0),
    },
    {
      text: 'Make a call with it',
      to: '/agents',
      isDone: own.some((agent) => agent.credentials.some((one) => one.lastUsedAt !== null)),
    },
  ];
}
