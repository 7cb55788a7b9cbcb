export { actorsOf } from './actors.js';
export { applyChanges, type ApplyOptions } from './apply.js';
export { constraintProblem, type ConstraintProblem } from './constraints/constraint-problem.js';
export { decide } from './decide.js';
export { decisionEvent, type DecisionRecord } from './decision-event.js';
export { isListed, type Listing } from './is-listed.js';
export { lastLook, stillAllowed } from './last-look.js';
export { emptyState, type RegisteredServer, type State } from './state.js';
export type { Call, Caller, Change, Decision, KeyLife, Obligation } from './types.js';
