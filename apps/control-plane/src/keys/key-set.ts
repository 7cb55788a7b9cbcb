import { createPublicKey } from 'node:crypto';
import {
  keySetSchema,
  type Generation,
  type KeySet,
  type PublicKeyEntry,
  type SignedText,
  domains,
} from '@portcullis/contracts';
import { publicKeyHash, signText } from '@portcullis/contracts/signed';
import type pg from 'pg';
import type { KeyPurpose, SigningKey } from './signing-key.js';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** The newest key set as the root signed it. */
export interface SignedKeySet {
  readonly number: number;
  readonly text: SignedText;
  readonly keySet: KeySet;
}

export async function loadKeySet(client: Queryable): Promise<SignedKeySet | undefined> {
  const found = await client.query<{ number: number; payload: string; signature: string }>(
    `select number, payload, signature from key_set order by number desc limit 1`,
  );
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const { number, payload, signature } = row;
  return { number, text: { payload, signature }, keySet: keySetSchema.parse(JSON.parse(payload)) };
}

/**
 * A report reads the number of the newest key set under the shared form of this lock, and renews a lease in the same
 * transaction. So once a key set is committed, every lease that was given without it can be seen.
 */
const lockName = `hashtext('portcullis-key-set')`;
export const shareKeySets = `select pg_advisory_xact_lock_shared(${lockName})`;

/** Publishes the next key set: every feed and token key that is not withdrawn, for this issuer and generation. Wakes the readers. */
export async function publishKeySet(
  client: Queryable,
  root: SigningKey,
  issuer: string,
  generation: Generation,
): Promise<number> {
  await client.query(`select pg_advisory_xact_lock(${lockName})`);
  const number = ((await loadKeySet(client))?.number ?? 0) + 1;
  const [feedKeys, tokenKeys] = [await publicKeys(client, 'feed'), await publicKeys(client, 'token')];
  const payload = JSON.stringify(keySetSchema.parse({ v: 1, number, issuer, generation, feedKeys, tokenKeys }));
  const { signature } = signText(domains.keySet, payload, root.privateKey);
  await client.query(`insert into key_set (number, payload, signature) values ($1, $2, $3)`, [
    number,
    payload,
    signature,
  ]);
  await wakeReaders(client);
  return number;
}

/** Wakes whoever follows the change log, though it has not moved: keys are read with it. */
export async function wakeReaders(client: Queryable): Promise<void> {
  await client.query(`select pg_notify('portcullis_change', revision::text) from change_counter`);
}

async function publicKeys(client: Queryable, purpose: KeyPurpose): Promise<PublicKeyEntry[]> {
  const found = await client.query<{
    kid: string;
    public_jwk: Record<string, unknown>;
    not_before: Date;
    not_after: Date;
  }>(
    `select kid, public_jwk, not_before, not_after from signing_key
     where purpose = $1 and state <> 'withdrawn' order by not_before, kid`,
    [purpose],
  );
  return found.rows.map((row) => ({
    kid: row.kid,
    jwk: row.public_jwk,
    notBefore: row.not_before.getTime(),
    notAfter: row.not_after.getTime(),
  }));
}

/** The root's public key as guards get it: SPKI DER, and the hash that join tokens carry. */
export async function loadRoot(client: Queryable): Promise<{ readonly spki: string; readonly hash: string }> {
  const found = await client.query<{ public_jwk: Record<string, unknown> }>(
    `select public_jwk from signing_key where purpose = 'root'`,
  );
  const jwk = found.rows[0]?.public_jwk;
  if (jwk === undefined) throw new Error('this database holds no root key');
  const key = createPublicKey({ key: jwk as never, format: 'jwk' });
  return { spki: key.export({ type: 'spki', format: 'der' }).toString('base64url'), hash: publicKeyHash(key) };
}

/** base64url SHA-256 of the root key. */
export async function rootHash(client: Queryable): Promise<string> {
  return (await loadRoot(client)).hash;
}
