import { randomUUID } from 'node:crypto';
import { domains, type Generation } from '@portcullis/contracts';
import { signText } from '@portcullis/contracts/signed';
import type { ClientBase, Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import { readKek } from '../keys/kek.js';
import { publishKeySet } from '../keys/key-set.js';
import { loadSigningKeys } from '../keys/signing-key.js';
import type { Config } from '../platform/config.js';
import { Refusal } from '../platform/refusal.js';
import { clearWorld } from './clear-world.js';
import { demoResource, writeDemoFile } from './demo-file.js';
import { demoJoinToken } from './seed.js';
import { seedWorld } from './seed-world.js';

/** Guards take a snapshot of a new generation whole, so nothing of the old world can linger in one (P-B3). */
async function nextGeneration(client: ClientBase, config: Config): Promise<void> {
  const [root] = await loadSigningKeys(client, readKek(config.kekFile), 'root');
  if (root === undefined)
    throw new Refusal('forbidden', 'the root key is not kept here: a new generation cannot be signed');
  const { rows } = await client.query<{ generation: number }>(`select generation from change_counter for update`);
  const generation: Generation = { number: (rows[0]?.generation ?? 0) + 1, id: randomUUID() };
  const { signature } = signText(domains.generation, JSON.stringify(generation), root.privateKey);
  await client.query(`update change_counter set generation = $1, generation_id = $2, generation_signature = $3`, [
    generation.number,
    generation.id,
    signature,
  ]);
  await publishKeySet(client, root, config.publicUrl, generation);
}

/**
 * Rebuilds the demo world while everything runs, in one transaction and as a new generation. This is the one way in which an
 * engagement is ever deleted, so it is refused where the demo is off.
 */
export async function resetDemo(config: Config, pool: Pool): Promise<number> {
  if (!config.isDemo) throw new Refusal('forbidden', 'the demo is off here (PORTCULLIS_DEMO); nothing was changed');
  const { value, revision } = await runCommand(
    pool,
    async (work) => {
      await work.client.query(`select pg_advisory_xact_lock(hashtext('portcullis-demo'))`);
      for (const [kind, id] of await clearWorld(work.client)) work.append(kind, id, null);
      const secrets = await seedWorld(work, demoResource(config));
      const joinToken = await demoJoinToken(work);
      await nextGeneration(work.client, config);
      return { secrets, joinToken };
    },
    { limits: config.limits },
  );
  writeDemoFile(config, value.secrets, value.joinToken);
  return revision;
}
