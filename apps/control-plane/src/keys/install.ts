import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { domains, generationSchema, type Generation } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import type pg from 'pg';
import { makeKek, readKek } from './kek.js';
import { loadKeySet, publishKeySet } from './key-set.js';
import { loadSigningKeys, makeSigningKey, storeSigningKey, type SigningKey } from './signing-key.js';

export interface InstallOptions {
  readonly kekFile: string;
  /** Token issuer; a changed one is published to guards in a new key set. */
  readonly issuer: string;
}

/** Makes what an installation is made of once: root, feed and token keys, generation 1 and the first key set. Idempotent. */
export async function ensureInstall(client: pg.ClientBase, options: InstallOptions): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('portcullis-install'))`);
    const known = await client.query(`select 1 from signing_key limit 1`);
    const kek =
      known.rowCount === 0 && !existsSync(options.kekFile) ? makeKek(options.kekFile) : readKek(options.kekFile);
    const root = await ensureKeys(client, kek);
    const generation = await ensureGeneration(client, root);
    const current = await loadKeySet(client);
    if (current?.keySet.issuer !== options.issuer || current.keySet.generation.id !== generation.id)
      await publishKeySet(client, root, options.issuer, generation);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function ensureKeys(client: pg.ClientBase, kek: Buffer): Promise<SigningKey> {
  for (const purpose of ['root', 'feed', 'token'] as const) {
    const known = await loadSigningKeys(client, kek, purpose);
    if (known.length === 0) await storeSigningKey(client, kek, makeSigningKey(purpose, Date.now()));
  }
  const [root] = await loadSigningKeys(client, kek, 'root');
  if (root === undefined) throw new Error('the root key was not stored');
  return root;
}

async function ensureGeneration(client: pg.ClientBase, root: SigningKey): Promise<Generation> {
  const found = await client.query<{ number: number; id: string }>(
    `select generation as number, generation_id as id from change_counter`,
  );
  if (found.rows[0] !== undefined) return generationSchema.parse(found.rows[0]);
  const generation: Generation = { number: 1, id: randomUUID() };
  const { signature } = signText(domains.generation, JSON.stringify(generation), root.privateKey);
  await client.query(
    `insert into change_counter (id, revision, generation, generation_id, generation_signature) values (1, 0, $1, $2, $3)`,
    [generation.number, generation.id, signature],
  );
  return generation;
}
