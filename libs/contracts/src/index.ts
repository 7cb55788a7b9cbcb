export { asRevision, revisionSchema, slugSchema, toolId, toolNameSchema, type Revision } from './ids.js';
export {
  killSwitchScopes,
  killSwitchScopeSchema,
  tasks,
  taskSchema,
  type KillSwitchScope,
  type Task,
} from './scopes.js';
export {
  decisionMetaKey,
  labelsMetaKey,
  reasonCodes,
  withheldMetaKey,
  type DecisionMeta,
  type DecisionOutcome,
  type Posture,
  type ReasonCode,
} from './reasons.js';
export { canonicalJson } from './canonical-json.js';
export {
  definitionFields,
  definitionText,
  longestDefinition,
  mostAccepted,
  type ToolDefinition,
} from './definition.js';
export { hostIn, type FoundHost } from './host-in.js';
export {
  canonicalIdentity,
  conversationScope,
  directoryScope,
  identitiesOf,
  identityForms,
  identityFormSchema,
  identityText,
  longestIdentity,
  type Identity,
  type IdentityForm,
} from './identity-forms.js';
export { argumentPathSchema, itemPathSchema } from './argument-path.js';
export {
  claimNameSchema,
  constraintLimits,
  constraintSchema,
  itemConstraintSchema,
  type Constraint,
  type ConstraintOf,
  type ItemConstraint,
} from './constraints.js';
export { sqlTextLimit } from './sql-constraint.js';
export {
  obligationLimits,
  obligationSchema,
  quotaSubjects,
  quotaWindows,
  redactables,
  secrecyLabels,
  trustLabels,
  type Obligation,
  type ObligationOf,
  type QuotaSubject,
  type QuotaWindow,
  type Redactable,
} from './obligations.js';
export {
  policyLimits,
  policyParameterSchema,
  policyPlaceSchema,
  policyTestSchema,
  policyValueTypes,
  policyWants,
  calmSignals,
  riskSignalsSchema,
  type PolicyParameter,
  type PolicyPlace,
  type PolicyTest,
  type PolicyValueType,
  type PolicyWant,
  type RiskSignals,
  type SignalName,
} from './policies.js';
export {
  feedKinds,
  feedObjectSchemas,
  isFeedKind,
  type FeedKind,
  type FeedObject,
  type FeedValue,
} from './feed-objects.js';
export {
  domains,
  entrySchema,
  envelopePayloadSchema,
  feedCloseCodes,
  feedDocument,
  feedSchemaText,
  generationSchema,
  positionSchema,
  signedTextSchema,
  type Domain,
  type Entry,
  type EnvelopePayload,
  type Generation,
  type Position,
  type SignedText,
} from './envelope.js';
export { keySetSchema, type KeySet, type PublicKeyEntry } from './key-set.js';
export { formatJoinToken, parseJoinToken, type JoinToken } from './join-token.js';
export {
  batchSchema,
  enrolAnswerSchema,
  enrolRequestSchema,
  guardEventSchema,
  helloSchema,
  protocolVersion,
  reportAnswerSchema,
  reportSchema,
  type Batch,
  type EnrolAnswer,
  type EnrolRequest,
  type GuardEvent,
  type Hello,
  type Report,
  type ReportAnswer,
} from './link.js';
export { accessTokenSchema, actorSchema, scopePrefixes, type AccessTokenClaims, type Actor } from './access-token.js';
export {
  conversationAttributesSchema,
  openConversationSchema,
  ownIssuerId,
  userIdSchema,
  type ConversationAttributes,
  type OpenConversation,
  type OpenedConversation,
} from './conversation.js';
export {
  credentialKinds,
  credentialKindSchema,
  credentialStatuses,
  credentialStatusSchema,
  liveCredentialStatuses,
  overlapSeconds,
  rotateSecretSchema,
  tokenLifeSeconds,
  type CredentialKind,
  type CredentialStatus,
  type RotatedSecret,
} from './credential.js';
export {
  dpopAlgorithms,
  dpopErrors,
  dpopLimits,
  longestActChain,
  tokenWords,
  type DpopAlgorithm,
  type DpopError,
} from './token-exchange.js';
export {
  bucketText,
  parseBucket,
  quotaAnswerSchema,
  quotaLimits,
  quotaLineSchema,
  unitsPerAmount,
  windowMs,
  windowStart,
  type QuotaAnswer,
  type QuotaBucket,
  type QuotaLine,
} from './quota.js';
export { exitCodes, problemCodes, type Problem, type ProblemCode } from './problems.js';
export { stopRequestSchema, stopTicketSchema, type StopAnswer, type StopRequest, type StopTicket } from './stop.js';
export {
  recordedCallSchema,
  recordingText,
  recordingLimits,
  recordingSchema,
  type RecordedCall,
  type Recording,
} from './recording.js';
export { fullRecordLimits, fullRecordSchema, recordSides, type FullRecord, type RecordSide } from './full-record.js';
