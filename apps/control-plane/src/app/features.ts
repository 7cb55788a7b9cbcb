import { AgentsModule } from '../agents/agents.module.js';
import { ApiTokensModule } from '../api-tokens/api-tokens.module.js';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { ConvergenceModule } from '../convergence/convergence.module.js';
import { ConversationsModule } from '../conversations/conversations.module.js';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { DecisionsModule } from '../decisions/decisions.module.js';
import { DemoModule } from '../demo/demo.module.js';
import { DirectoriesModule } from '../directories/directories.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { ExplainModule } from '../explain/explain.module.js';
import { FullRecordsModule } from '../full-records/full-records.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { HealthModule } from '../health/health.module.js';
import { InstallModule } from '../install/install.module.js';
import { KillSwitchModule } from '../kill-switch/kill-switch.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { OverviewModule } from '../overview/overview.module.js';
import { PeopleModule } from '../people/people.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { PolicyFilesModule } from '../policy-files/policy-files.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SocketsModule } from '../sockets/sockets.module.js';
import { SubjectsModule } from '../subjects/subjects.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { WideningsModule } from '../widenings/widenings.module.js';

export const features = [
  AgentsModule,
  ApiTokensModule,
  AssignmentsModule,
  ChangesModule,
  ConvergenceModule,
  ConversationsModule,
  CredentialsModule,
  DecisionsModule,
  DemoModule,
  DirectoriesModule,
  EnvironmentsModule,
  ExplainModule,
  FullRecordsModule,
  GrantsModule,
  HealthModule,
  InstallModule,
  KillSwitchModule,
  MetricsModule,
  OverviewModule,
  PeopleModule,
  QuotasModule,
  PoliciesModule,
  PolicyFilesModule,
  RolesModule,
  ServersModule,
  SocketsModule,
  SubjectsModule,
  TokensModule,
  ToolsModule,
  WideningsModule,
];
