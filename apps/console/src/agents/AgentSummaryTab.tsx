import { DecisionTail } from '../live/DecisionTail.js';
import { Panel } from '../parts/Panel.js';
import { useAgentOfPage } from './agent-of-page.js';
import { AgentActsForMe } from './AgentActsForMe.js';
import { AgentAssignments } from './AgentAssignments.js';
import { AgentHost } from './AgentHost.js';
import { AgentLifecycle } from './AgentLifecycle.js';
import styles from './AgentPage.module.css';
import { AgentSummary } from './AgentSummary.js';

export function AgentSummaryTab() {
  const agent = useAgentOfPage();
  return (
    <div className={styles['grid']}>
      <AgentSummary agent={agent} />
      <AgentAssignments agent={agent} />
      <AgentHost agent={agent} />
      <AgentActsForMe agent={agent} />
      <div className={styles['wide']}>
        <Panel title="Latest decisions">
          <DecisionTail agent={agent.id} />
        </Panel>
      </div>
      <div className={styles['wide']}>
        <AgentLifecycle agent={agent} />
      </div>
    </div>
  );
}
