import { useAgentOfPage } from './agent-of-page.js';
import { AgentCredentials } from './AgentCredentials.js';
import styles from './AgentCredentials.module.css';
import { RotationPolicy } from './RotationPolicy.js';

export function AgentCredentialsTab() {
  const agent = useAgentOfPage();
  return (
    <div className={styles['stack']}>
      <AgentCredentials agent={agent} />
      <RotationPolicy agent={agent} />
    </div>
  );
}
