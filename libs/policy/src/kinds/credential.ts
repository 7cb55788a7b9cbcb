import { feedObjectSchemas } from '@portcullis/contracts';
import type { Draft } from '../draft.js';
import type { Credential } from '../state.js';
import type { Change } from '../types.js';
import { isStale } from './is-stale.js';
import { putOfAgent } from './put-of-agent.js';

export function applyCredential(draft: Draft, change: Change): void {
  const { id, revision, value } = change;
  const held = draft.credentials.get(id);
  if (isStale(change, held)) return;
  const { data } = feedObjectSchemas.credential.safeParse(value);
  const credential: Credential | undefined = data && { id, revision, ...data };
  putOfAgent(draft.credentialsOf, held, credential);
  if (credential) draft.credentials.set(id, credential);
  else draft.credentials.delete(id);
}
