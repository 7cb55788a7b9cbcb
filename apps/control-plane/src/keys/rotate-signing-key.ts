import type pg from 'pg';
import { Refusal } from '../platform/refusal.js';
import { guardsBehind } from './guards-behind.js';
import { publishTokenKeys, type KeySetTerms } from './publish-keys.js';
import { makeSigningKey, storeSigningKey } from './signing-key.js';
import { lockTokenKeys } from './token-key-rows.js';

/** Keys that are not withdrawn travel in every key set, so there is an end to their number. */
const mostLive = 16;

/** A guard's idea of control time lags by what an answer takes to reach it. */
const earlierMs = 60_000;

/**
 * Makes the next token key and publishes it. It signs nothing yet. Throws `conflict` while one waits already and
 * `rotation_refused` when too many old ones still verify, or when the root key is kept elsewhere.
 */
export async function rotateSigningKey(client: pg.ClientBase, terms: KeySetTerms): Promise<string> {
  const keys = await lockTokenKeys(client);
  const waiting = keys.find(({ state }) => state === 'published');
  if (waiting) {
    const behind = await guardsBehind(client, waiting.kid);
    throw new Refusal(
      'conflict',
      `key ${waiting.kid} is published and signs as soon as the last ${behind} guards hold it, at the latest when their leases have run out; rotate again after that`,
      { kid: waiting.kid, guardsBehind: behind },
    );
  }
  if (keys.filter(({ state }) => state !== 'withdrawn').length >= mostLive)
    throw new Refusal(
      'rotation_refused',
      `${mostLive} keys are in use; wait until the oldest verifies nothing any more, or withdraw it`,
      { most: mostLive },
    );
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
  const key = makeSigningKey('token', (rows[0]?.now.getTime() ?? 0) - earlierMs, 'published');
  await storeSigningKey(client, terms.kek, key);
  await publishTokenKeys(client, terms);
  return key.kid;
}
