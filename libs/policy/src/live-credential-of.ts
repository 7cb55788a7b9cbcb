import { liveCredentialStatuses } from '@portcullis/contracts';
import type { Credential, State } from './state.js';

const live: ReadonlySet<string> = new Set(liveCredentialStatuses);

/** Whether a credential of that status serves, as long as it is within its time. */
export const isLiveStatus = (status: string): boolean => live.has(status);

/** The first by id that the agent can get a token with now. */
export function liveCredentialOf({ credentialsOf }: State, agent: string, now: number): Credential | undefined {
  return credentialsOf.get(agent)?.find((credential) => isLiveAt(credential, now));
}

function isLiveAt({ status, notBefore, expiresAt }: Credential, now: number): boolean {
  return isLiveStatus(status) && now >= (notBefore ?? 0) && now < (expiresAt ?? Infinity);
}
