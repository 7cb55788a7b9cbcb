import { decide, type Call } from '@portcullis/policy';
import type { Present } from './in-flight.js';
import type { TokenRefusal, VerifiedCaller } from './types.js';

const aboutTheCaller: ReadonlySet<string> = new Set<TokenRefusal['refused']>([
  'token_invalid',
  'token_expired',
  'wrong_audience',
  'credential_revoked',
  'agent_suspended',
]);

function isAboutTheCaller(reason: string | null): reason is TokenRefusal['refused'] {
  return reason !== null && aboutTheCaller.has(reason);
}

/**
 * What stands against the caller as such now: agent, credential, cut-off, expiry. It asks policy about a call of no tool, so
 * there is one implementation; a posture or a stop speaks before and is left to the decision on the call.
 */
export function callerRefusal(present: Present, { claims, key }: VerifiedCaller): TokenRefusal | undefined {
  const { state, ...moment } = present;
  const call: Call = { claims, key, server: state.slice, tool: '', arguments: null, ...moment };
  const { reason } = decide(state, call);
  return isAboutTheCaller(reason) ? { refused: reason } : undefined;
}
