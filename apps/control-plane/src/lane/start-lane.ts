import type { KeyObject } from 'node:crypto';
import { readKek } from '../keys/kek.js';
import { loadFeedSigner } from '../keys/feed-signer.js';
import { loadSigningKeys } from '../keys/signing-key.js';
import type { Config } from '../platform/config.js';
import { checkDatabase, openPool } from '../platform/database.js';
import { closeListener, createListener, listen } from '../platform/listener.js';
import type { Log } from '../platform/log.js';
import type { Running } from '../platform/process.js';
import { checkSchema } from '../platform/schema.js';
import { laneListener } from './lane-listener.js';
import { keepOperatorTicket } from './operator-ticket.js';

/** A person waits for the answer: a database that is away is told of at once. */
const patience = { connectionTimeoutMillis: 1000, query_timeout: 2000 };

/** The kill lane: its own process, its own two connections, no framework, so that no other work can fill its way. */
export async function startLane(config: Config, log: Log): Promise<Running & { readonly port: number }> {
  await checkDatabase(config.databaseUrl);
  const pool = openPool(config.databaseUrl, 2, 'lane', patience);
  try {
    await checkSchema(pool);
    const kek = readKek(config.kekFile);
    const signer = await loadFeedSigner(pool, kek);
    const keys = new Map<string, KeyObject>();
    for (const key of await loadSigningKeys(pool, kek, 'feed')) keys.set(key.kid, key.publicKey);
    const server = createListener(config, laneListener({ config, log, pool, keys }));
    const port = await listen(server, config.ports.kill, config.host, 'PORTCULLIS_KILL_PORT');
    const ticket = keepOperatorTicket(config.data, signer);
    return {
      port,
      ready: { port },
      async stop() {
        ticket.stop();
        await closeListener(server);
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
