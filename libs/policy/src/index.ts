export { actorsOf } from './actors.js';
export { applyChanges, type ApplyOptions } from './apply.js';
export { constraintProblem, type ConstraintProblem } from './constraints/constraint-problem.js';
export { obligationProblem } from './obligation-problem.js';
export { accessDiff, type AccessChange, type AccessDifference, type AccessSide } from './access/access-diff.js';
export { effectiveAccess, type AccessRow, type GrantGiven } from './access/effective-access.js';
export { freshCall, type Asked } from './access/fresh-call.js';
export { whoCan } from './access/who-can.js';
export type { WhoCanQuestion, WhoCanRow } from './access/who-can-row.js';
export { decide } from './decide.js';
export { decisionEvent, type DecisionRecord } from './decision-event.js';
export {
  explain,
  type CheckOutcome,
  type ExplainedCheck,
  type Explanation,
  type GrantsAsked,
} from './explain/explain.js';
export type { CheckName } from './explain/questions.js';
export { keepsDigestOnly } from './keeps-digest-only.js';
export { rolesHeldBy } from './roles-held.js';
export { replay, type ReplayChange, type Replayed } from './replay/replay.js';
export { isListed, mayKnowOf, type Listing } from './is-listed.js';
export { asEnforced } from './observed.js';
export { isFiltered } from './is-filtered.js';
export { compileItemCheck, type ItemCheck } from './item-check.js';
export { lastLook, stillAllowed } from './last-look.js';
export {
  noEngines,
  type CedarEngine,
  type Engines,
  type HashEngine,
  type SchemaEngine,
  type SqlEngine,
} from './engines.js';
export { costOf, limitOf, quotaIn, type Quota } from './quota.js';
export { newBudget, newShare, settleShare, type Budget, type Settled, type Share } from './settle-share.js';
export { emptyState, type RegisteredServer, type State } from './state.js';
export type { Call, Caller, Change, Charge, Decision, KeyLife, Observed } from './types.js';
export { unlock, type Foresee, type UnlockOptions } from './unlock/unlock.js';
export type { CallEdit, FeedEdit, Unlock, UnlockChange, UnlockKind } from './unlock/unlock-change.js';
export type { Denial } from './check.js';
export { effectiveClasses } from './known-tool.js';
export { suggestClasses, type SuggestedClass, type ToolHints } from './suggest-classes.js';
export { argumentFields, type ArgumentFields, type ArgumentShape } from './policies/argument-shape.js';
export { toolsIn, type CataloguedTool, type PolicyCatalogue } from './policies/policy-catalogue.js';
export { isSignalRead, signalsRead } from './policies/signals-read.js';
export { provenanceOf } from './policies/call-provenance.js';
export { checkPolicy, type CheckedPolicy } from './policies/check-policy.js';
export type { PolicyProblem } from './policies/policy-problem.js';
export { tryPolicy, type PolicyTestResult } from './policies/try-policy.js';
