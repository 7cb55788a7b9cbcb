export { createGuard } from './guard.js';
export { GuardError, guardErrorCodes, isGuardError, type GuardErrorCode } from './guard-error.js';
export type {
  Denial,
  Guard,
  GuardedCall,
  GuardOptions,
  Presentation,
  ReasonCode,
  ScoredCall,
  Scorer,
  TokenRefusal,
  VerifiedCaller,
} from './types.js';
