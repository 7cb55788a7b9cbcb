import { generationSchema } from '@portcullis/contracts';
import type pg from 'pg';
import { Refusal } from '../platform/refusal.js';
import { publishKeySet } from './key-set.js';
import { loadSigningKeys, type SigningKey } from './signing-key.js';

/** What signs a key set, and whom it names as the issuer of tokens. */
export interface KeySetTerms {
  readonly kek: Buffer;
  readonly issuer: string;
}

/** Throws `rotation_refused` where the root key is kept elsewhere. */
export async function loadRootKey(client: pg.ClientBase, kek: Buffer): Promise<SigningKey> {
  const [root] = await loadSigningKeys(client, kek, 'root');
  if (root === undefined)
    throw new Refusal(
      'rotation_refused',
      'the root key is not kept here, and only it signs key sets; bring it back first',
    );
  return root;
}

/** Publishes the token keys as they stand in this transaction, in the generation of the moment. */
export async function publishTokenKeys(client: pg.ClientBase, { kek, issuer }: KeySetTerms): Promise<number> {
  const root = await loadRootKey(client, kek);
  const found = await client.query('select generation as number, generation_id as id from change_counter');
  return publishKeySet(client, root, issuer, generationSchema.parse(found.rows[0]));
}
