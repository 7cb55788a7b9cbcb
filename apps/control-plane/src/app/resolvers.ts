import { AgentSettingsResolver } from '../agents/agent-settings.resolver.js';
import { AgentsResolver } from '../agents/agents.resolver.js';
import { ApiTokensResolver } from '../api-tokens/api-tokens.resolver.js';
import { AssignmentsResolver } from '../assignments/assignments.resolver.js';
import { ChangesResolver } from '../changes/changes.resolver.js';
import { ConvergenceResolver } from '../convergence/convergence.resolver.js';
import { ConversationsResolver } from '../conversations/conversations.resolver.js';
import { CredentialsResolver } from '../credentials/credentials.resolver.js';
import { DecisionsResolver } from '../decisions/decisions.resolver.js';
import { DemoResolver } from '../demo/demo.resolver.js';
import { DirectoriesResolver } from '../directories/directories.resolver.js';
import { EnvironmentsResolver } from '../environments/environments.resolver.js';
import { DryRunResolver } from '../explain/dry-run.resolver.js';
import { ExplainResolver } from '../explain/explain.resolver.js';
import { GrantPreviewResolver } from '../explain/grant-preview.resolver.js';
import { FullRecordsResolver } from '../full-records/full-records.resolver.js';
import { GrantsResolver } from '../grants/grants.resolver.js';
import { InstallResolver } from '../install/install.resolver.js';
import { KillSwitchResolver } from '../kill-switch/kill-switch.resolver.js';
import { OverviewResolver } from '../overview/overview.resolver.js';
import { PeopleResolver } from '../people/people.resolver.js';
import { QuotaUsageResolver } from '../quotas/quota-usage.resolver.js';
import { PoliciesResolver } from '../policies/policies.resolver.js';
import { PolicyFilesResolver } from '../policy-files/policy-files.resolver.js';
import { RolesResolver } from '../roles/roles.resolver.js';
import { ServersResolver } from '../servers/servers.resolver.js';
import { SocketsResolver } from '../sockets/sockets.resolver.js';
import { SubjectIssuersResolver } from '../subjects/subject-issuers.resolver.js';
import { SubjectTokenResolver } from '../subjects/subject-token.resolver.js';
import { TokenSettingsResolver } from '../tokens/token-settings.resolver.js';
import { ToolsResolver } from '../tools/tools.resolver.js';
import { WideningsResolver } from '../widenings/widenings.resolver.js';

/** Every resolver, for writing the schema without starting anything; a spec holds that the running API says the same. */
export const resolvers = [
  AgentSettingsResolver,
  AgentsResolver,
  ApiTokensResolver,
  AssignmentsResolver,
  ChangesResolver,
  ConvergenceResolver,
  ConversationsResolver,
  CredentialsResolver,
  DecisionsResolver,
  DemoResolver,
  DirectoriesResolver,
  EnvironmentsResolver,
  DryRunResolver,
  ExplainResolver,
  GrantPreviewResolver,
  FullRecordsResolver,
  GrantsResolver,
  InstallResolver,
  KillSwitchResolver,
  OverviewResolver,
  PeopleResolver,
  QuotaUsageResolver,
  PoliciesResolver,
  PolicyFilesResolver,
  RolesResolver,
  ServersResolver,
  SocketsResolver,
  SubjectIssuersResolver,
  SubjectTokenResolver,
  TokenSettingsResolver,
  ToolsResolver,
  WideningsResolver,
];
