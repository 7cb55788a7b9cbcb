export { TestAuthority, type ServerCertificate } from './tls/authority.js';
export { TestClock, waitFor, type Awaited } from './clock.js';
export { announcedHash, callFor, caseIssuer, claimsFor, postureOf } from './cases/call.js';
export { earlierCalls } from './cases/earlier.js';
export { expectedAudit } from './cases/expected-audit.js';
export { casesFolder, loadCases, type Case } from './cases/load.js';
export { worldChanges } from './cases/world-changes.js';
export type { World } from './cases/world.js';
export { ProofKey, type ProofOf } from './proof-key.js';
export {
  agentStop,
  deskObjects,
  deskResource,
  deskServer,
  LinkKeys,
  newFeedKey,
  newTokenKey,
  scriptedLink,
  ScriptedLink,
  ScriptedSlice,
  sealed,
  type ScriptedLinkOptions,
  type Written,
} from './link/index.js';
