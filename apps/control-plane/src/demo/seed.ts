import type { Pool } from 'pg';
import { runCommand, type CommandTransaction } from '../change-log/command.js';
import { clientSecretHash } from '../credentials/client-secret.js';
import { createJoinToken } from '../keys/join-token.js';
import type { Config } from '../platform/config.js';
import { demoResource, readDemoSecrets, writeDemoFile } from './demo-file.js';
import { demoWorld, seededBy } from './demo-world.js';
import { issueSecrets, seedWorld, type DemoSecrets } from './seed-world.js';

async function isSeeded({ client }: CommandTransaction): Promise<boolean> {
  await client.query(`select pg_advisory_xact_lock(hashtext('portcullis-demo'))`);
  return (await client.query(`select 1 from agent where demo limit 1`)).rowCount === 1;
}

/** The demo listens where its port says; when that changes, its server's address follows. */
async function followPort({ client, append }: CommandTransaction, resource: string): Promise<void> {
  const { id, name, environment } = demoWorld.server;
  const moved = await client.query(`update server set resource = $2 where id = $1 and resource <> $2`, [id, resource]);
  if (moved.rowCount === 1) append('server', id, { name, environment, resource });
}

async function areLive({ client }: CommandTransaction, secrets: DemoSecrets): Promise<boolean> {
  const hashes = Object.values(secrets).map(clientSecretHash);
  const live = await client.query(
    `select 1 from credential c left join credential_revocation r on r.credential_id = c.id where c.secret_hash = any($1) and r.credential_id is null`,
    [hashes],
  );
  return live.rowCount === hashes.length;
}

/** A fresh one at every start: the demo's folder may have been deleted while its guard is still on record. */
export async function demoJoinToken({ client }: CommandTransaction): Promise<string> {
  await client.query(`delete from join_token where server_id = $1 and created_by = $2 and used_at is null`, [
    demoWorld.server.id,
    seededBy,
  ]);
  const { joinToken } = await createJoinToken(client, {
    server: demoWorld.server.id,
    createdBy: seededBy,
    expiresInSeconds: 3600,
  });
  return joinToken;
}

/** Makes the demo world once, and what the demo needs to take part in it at every start. A second run changes nothing it need not. */
export async function seedDemo(config: Config, pool: Pool): Promise<void> {
  const resource = demoResource(config);
  const { value } = await runCommand(
    pool,
    async (work) => {
      const kept = readDemoSecrets(config.data);
      if (!(await isSeeded(work)))
        return { secrets: await seedWorld(work, resource), joinToken: await demoJoinToken(work) };
      await followPort(work, resource);
      const secrets = kept && (await areLive(work, kept)) ? kept : await issueSecrets(work);
      return { secrets, joinToken: await demoJoinToken(work) };
    },
    { limits: config.limits },
  );
  writeDemoFile(config, value.secrets, value.joinToken);
}
