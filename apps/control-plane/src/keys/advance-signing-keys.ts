import { tokenLifeSeconds } from '@portcullis/contracts';
import type pg from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { guardsBehind } from './guards-behind.js';
import { wakeReaders } from './key-set.js';
import { publishTokenKeys, type KeySetTerms } from './publish-keys.js';
import { lockTokenKeys, moveTokenKey } from './token-key-rows.js';

/** A replica may sign with the old key until it has read the new state, and a token may live as long as any setting allows. */
const swapSeconds = 120;
export const verifiesForSeconds = tokenLifeSeconds.most + swapSeconds;

const isDue = `purpose = 'token' and (state = 'published' or (state = 'verifying' and state_since + make_interval(secs => $1) <= clock_timestamp()))`;

/** Lets the published key sign once every guard that may act holds it. Says which one that was. */
export async function promoteSigningKey(client: pg.ClientBase): Promise<string | undefined> {
  const keys = await lockTokenKeys(client);
  const next = keys.find(({ state }) => state === 'published');
  if (next === undefined || (await guardsBehind(client, next.kid)) > 0) return undefined;
  for (const { kid, state } of keys) if (state === 'signing') await moveTokenKey(client, kid, 'verifying');
  await moveTokenKey(client, next.kid, 'signing');
  await wakeReaders(client);
  return next.kid;
}

/** Withdraws keys of which no token can live any more, by database time. */
async function withdrawSpent(client: pg.ClientBase, terms: KeySetTerms): Promise<readonly string[]> {
  await lockTokenKeys(client);
  const spent = await client.query<{ kid: string }>(
    `select kid from signing_key where state = 'verifying' and ${isDue} order by kid`,
    [verifiesForSeconds],
  );
  for (const { kid } of spent.rows) await moveTokenKey(client, kid, 'withdrawn');
  if (spent.rows.length > 0) await publishTokenKeys(client, terms);
  return spent.rows.map(({ kid }) => kid);
}

export interface Advanced {
  readonly signing: string | undefined;
  readonly withdrawn: readonly string[];
}

/** What token keys do by themselves. Any number of replicas may try at once. Guards are told by a key set, not by a change. */
export async function advanceSigningKeys(pool: pg.Pool, terms: KeySetTerms, limits: CommandLimits): Promise<Advanced> {
  const due = await pool.query(`select 1 from signing_key where ${isDue} limit 1`, [verifiesForSeconds]);
  if (due.rowCount === 0) return { signing: undefined, withdrawn: [] };
  const { value: signing } = await runCommand(pool, ({ client }) => promoteSigningKey(client), { limits });
  const { value: withdrawn } = await runCommand(pool, ({ client }) => withdrawSpent(client, terms), { limits });
  return { signing, withdrawn };
}
