import { AccountEntity } from '../people/account.entity.js';
import { AgentEntity } from '../agents/agent.entity.js';
import { AgentHostEntity } from '../agents/agent-host.entity.js';
import { AgentStatusEntity } from '../agents/agent-status.entity.js';
import { AnnouncedToolEntity } from '../tools/announced-tool.entity.js';
import { ApiTokenEntity } from '../api-tokens/api-token.entity.js';
import { AssignmentEntity } from '../assignments/assignment.entity.js';
import { ChangeCounterEntity } from './log/change-counter.entity.js';
import { ChangeHistoryEntity } from './log/change-history.entity.js';
import { ChangeLatestEntity } from './log/change-latest.entity.js';
import { ConversationEntity } from '../conversations/conversation.entity.js';
import { CredentialEntity } from '../credentials/credential.entity.js';
import { CredentialRevocationEntity } from '../credentials/credential-revocation.entity.js';
import { CredentialTaintEntity } from '../credentials/credential-taint.entity.js';
import { DecisionEntity } from '../decisions/decision.entity.js';
import { DirectoryEntity } from '../directories/directory.entity.js';
import { DirectoryEntryEntity } from '../directories/directory-entry.entity.js';
import { EngagementEntity } from '../kill-switch/engagement.entity.js';
import { EnvironmentEntity } from '../environments/environment.entity.js';
import { FullRecordEntity } from '../full-records/full-record.entity.js';
import { FullRecordReadingEntity } from '../full-records/full-record-reading.entity.js';
import { GrantUseEntity } from '../grants/grant-use.entity.js';
import { GrantEntity } from '../grants/grant.entity.js';
import { GuardBootEntity } from '../servers/guard-boot.entity.js';
import { GuardEntity } from '../servers/guard.entity.js';
import { GuardPositionEntity } from '../convergence/guard-position.entity.js';
import { InstallClaimEntity } from '../install/install-claim.entity.js';
import { JoinTokenEntity } from '../servers/join-token.entity.js';
import { KeySetEntity } from './keys/key-set.entity.js';
import { ObservedToolEntity } from '../servers/observed-tool.entity.js';
import { ObservationEntity } from '../environments/observation.entity.js';
import { OidcRecordEntity } from '../tokens/oidc-record.entity.js';
import { PersonPermissionEntity } from '../people/person-permission.entity.js';
import { QuotaBudgetEntity } from '../quotas/quota-budget.entity.js';
import { QuotaShareEntity } from '../quotas/quota-share.entity.js';
import { RateLimitEntity } from '../people/rate-limit.entity.js';
import { RecordedCallEntity } from '../decisions/recorded-call.entity.js';
import { ReportBatchEntity } from '../decisions/report-batch.entity.js';
import { PolicyReviewEntity } from '../policies/policy-review.entity.js';
import { PolicyVersionEntity } from '../policies/policy-version.entity.js';
import { PolicyEntity } from '../policies/policy.entity.js';
import { RoleEntity } from '../roles/role.entity.js';
import { RotationPolicyEntity } from '../credentials/rotation-policy.entity.js';
import { ServerEntity } from '../servers/server.entity.js';
import { SessionEntity } from '../people/session.entity.js';
import { SigningKeyEntity } from './keys/signing-key.entity.js';
import { SocketTicketEntity } from '../sockets/socket-ticket.entity.js';
import { SubjectIssuerEntity } from '../subjects/subject-issuer.entity.js';
import { TokenRevocationEntity } from '../tokens/token-revocation.entity.js';
import { TokenSettingsEntity } from '../tokens/token-settings.entity.js';
import { ToolDefinitionEntity } from '../tools/tool-definition.entity.js';
import { ToolEntity } from '../servers/tool.entity.js';
import { UsedProofEntity } from '../tokens/used-proof.entity.js';
import { UserEntity } from '../people/user.entity.js';
import { VerificationEntity } from '../people/verification.entity.js';

/** Every table of the migrations; the drift spec holds that the two say the same. */
export const entities = [
  AccountEntity,
  AgentEntity,
  AgentHostEntity,
  AgentStatusEntity,
  AnnouncedToolEntity,
  ApiTokenEntity,
  AssignmentEntity,
  ChangeCounterEntity,
  ChangeHistoryEntity,
  ChangeLatestEntity,
  ConversationEntity,
  CredentialEntity,
  CredentialRevocationEntity,
  CredentialTaintEntity,
  DecisionEntity,
  DirectoryEntity,
  DirectoryEntryEntity,
  EngagementEntity,
  EnvironmentEntity,
  FullRecordEntity,
  FullRecordReadingEntity,
  GrantEntity,
  GrantUseEntity,
  GuardBootEntity,
  GuardEntity,
  GuardPositionEntity,
  InstallClaimEntity,
  JoinTokenEntity,
  KeySetEntity,
  ObservedToolEntity,
  ObservationEntity,
  OidcRecordEntity,
  PersonPermissionEntity,
  QuotaBudgetEntity,
  QuotaShareEntity,
  PolicyEntity,
  PolicyReviewEntity,
  PolicyVersionEntity,
  RateLimitEntity,
  RecordedCallEntity,
  ReportBatchEntity,
  RoleEntity,
  RotationPolicyEntity,
  ServerEntity,
  SessionEntity,
  SigningKeyEntity,
  SocketTicketEntity,
  SubjectIssuerEntity,
  TokenRevocationEntity,
  TokenSettingsEntity,
  ToolDefinitionEntity,
  ToolEntity,
  UsedProofEntity,
  UserEntity,
  VerificationEntity,
];
