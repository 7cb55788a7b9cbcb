import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { visibleString } from '../parts/visible-text.js';
import styles from './AgentLifecycle.module.css';
import { ChangeStatus } from './ChangeStatus.js';
import { changesFrom, statusChangeWords, type StatusChange } from './status-changes.js';

const agentLifecycleFragment = graphql(`
  fragment AgentLifecycle on Agent {
    id
    status
  }
`);

const explained: Record<StatusChange, string> = {
  suspend: 'Refuses everything it does until somebody resumes it.',
  resume: 'Gives it back what it held.',
  retire: 'For ever: ends it, its credentials and its roles.',
};

export function AgentLifecycle(props: { readonly agent: FragmentType<typeof agentLifecycleFragment> }) {
  const { id, status } = unmask(agentLifecycleFragment, props.agent);
  const [asked, setAsked] = useState<StatusChange | null>(null);
  const changes = changesFrom(status);
  return (
    <Panel title="Lifecycle">
      {changes.length === 0 ? <p className="dim">This agent is retired. Nothing brings it back.</p> : null}
      <ul className={styles['changes']}>
        {changes.map((change) => (
          <li key={change}>
            <ActButton needs="agents:write" variant="default" onClick={() => setAsked(change)}>
              {statusChangeWords[change].verb} {visibleString(id)}…
            </ActButton>
            <span className="dim">{explained[change]}</span>
          </li>
        ))}
      </ul>
      {asked ? <ChangeStatus agent={id} change={asked} close={() => setAsked(null)} /> : null}
    </Panel>
  );
}
