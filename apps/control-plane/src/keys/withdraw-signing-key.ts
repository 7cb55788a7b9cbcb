import type pg from 'pg';
import { Refusal } from '../platform/refusal.js';
import { publishTokenKeys, type KeySetTerms } from './publish-keys.js';
import { lockTokenKeys, moveTokenKey } from './token-key-rows.js';

/**
 * One way: the private half is destroyed, and what the key signed dies at each guard with the next key set. Throws
 * `not_found`, `already_revoked`, and `lifecycle_order` for the key that signs.
 */
export async function withdrawSigningKey(client: pg.ClientBase, kid: string, terms: KeySetTerms): Promise<void> {
  const state = (await lockTokenKeys(client)).find((key) => key.kid === kid)?.state;
  if (state === undefined) throw new Refusal('not_found', `there is no token key ${kid}`, { kid });
  if (state === 'withdrawn') throw new Refusal('already_revoked', `key ${kid} is withdrawn already`, { kid });
  if (state === 'signing')
    throw new Refusal('lifecycle_order', `key ${kid} signs; rotate first, and withdraw it once the next one signs`, {
      kid,
    });
  await moveTokenKey(client, kid, 'withdrawn');
  await publishTokenKeys(client, terms);
}
