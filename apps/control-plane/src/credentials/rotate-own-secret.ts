import { overlapSeconds as bounds, type RotatedSecret } from '@portcullis/contracts';
import type { CommandResult, CommandTransaction } from '../change-log/command.js';
import { Refusal } from '../platform/refusal.js';
import { newClientSecret } from './client-secret.js';
import { beginOverlap, insertCredential } from './credentials.commands.js';
import { credentialValue, lockedAgent, lockedCredential } from './credential-row.js';
import { credentialEndMs } from './end-of.js';

export interface RotationRequest {
  readonly agent: string;
  /** The credential that the request was authenticated by. */
  readonly credential: string;
  /** Default: the agent's rotation policy, else 15 minutes. */
  readonly overlapSeconds: number | undefined;
}

/**
 * The successor is active at once, and derived from the one it replaces: a taint of that reaches it. It takes over the expiry,
 * so a rotation never gives an agent more time than a person gave it. Throws `rotation_refused`.
 */
export async function rotateOwnSecret(
  { client, append }: CommandTransaction,
  { agent, credential, overlapSeconds }: RotationRequest,
): Promise<Omit<RotatedSecret, 'revision'>> {
  await lockedAgent(client, agent);
  const { row, status, isOver } = await lockedCredential(client, credential);
  if (row.agent_id !== agent || status !== 'active' || isOver)
    throw new Refusal('rotation_refused', `${credential} is ${isOver ? 'expired' : status}, not active`, {
      credential,
    });
  if (row.kind !== 'secret')
    throw new Refusal('rotation_refused', 'a key is replaced by a person, who gives the next public key', {
      credential,
    });
  const { secret, prefix, hash } = newClientSecret();
  const expiresAt = row.expires_at?.getTime() ?? null;
  const made = await insertCredential(client, {
    ...{ agent, kind: 'secret', stage: 'active', notBefore: null, expiresAt, by: agent, derivedFrom: credential },
    ...{ prefix, secret, secretHash: hash, publicJwk: null, jwksUri: null },
  });
  const policy = await client.query<{ overlap_seconds: number }>(
    'select overlap_seconds from rotation_policy where agent_id = $1',
    [agent],
  );
  const overlap = overlapSeconds ?? policy.rows[0]?.overlap_seconds ?? bounds.standard;
  const retiring = await beginOverlap(client, credential, overlap);
  append('credential', made.id, credentialValue(made, 'active'));
  append('credential', credential, credentialValue(retiring, 'retiring'));
  const retires = { credential, at: credentialEndMs(retiring) ?? 0 };
  return { credential: made.id, clientSecret: secret, expiresAt, retires };
}

/** The answer of `POST /oauth/rotate`. */
export function rotatedSecret({ value, revision }: CommandResult<Omit<RotatedSecret, 'revision'>>): RotatedSecret {
  return { ...value, revision };
}
