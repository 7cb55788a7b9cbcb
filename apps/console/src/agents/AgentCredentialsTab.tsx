import { useAgentOfPage } from './agent-of-page.js';
import { AgentCredentials } from './AgentCredentials.js';

export function AgentCredentialsTab() {
  return <AgentCredentials agent={useAgentOfPage()} />;
}
