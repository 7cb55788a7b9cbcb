import type { Pool } from 'pg';
import { CurrentTokenKeys } from '../keys/current-token-keys.js';
import { loadFeedSigner } from '../keys/feed-signer.js';
import { readKek } from '../keys/kek.js';
import { createAuth } from '../people/auth.js';
import { sessionSecretFrom } from '../people/session-secret.js';
import type { Config } from '../platform/config.js';
import { createFetchPublic } from '../platform/fetch-public.js';
import { AgentKeys } from '../published-keys/agent-keys.js';
import { IssuerKeys } from '../published-keys/issuer-keys.js';
import { checkDatabase, openPool } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { checkSchema } from '../platform/schema.js';
import { Subjects } from '../subjects/subjects.js';
import { nonceSecretFrom } from '../tokens/nonce-secret.js';
import type { ProcessParts } from './process.module.js';

export interface OpenedParts extends ProcessParts {
  readonly pool: Pool;
  readonly tokenKeys: CurrentTokenKeys;
  readonly nonceSecret: Buffer;
  readonly subjects: Subjects;
  readonly agentKeys: AgentKeys;
  close(): Promise<void>;
}

/** Opens what Nest needs, in the order in which a refusal says most: database, schema, keys. */
export async function openParts(config: Config, log: Log, ca?: string): Promise<OpenedParts> {
  await checkDatabase(config.databaseUrl);
  const pool = openPool(config.databaseUrl, 10, 'api');
  const authPool = openPool(config.databaseUrl, 3, 'api-auth');
  const close = async () => void (await Promise.all([pool.end(), authPool.end()]));
  try {
    await checkSchema(pool);
    const kek = readKek(config.kekFile);
    const sessionSecret = sessionSecretFrom(kek);
    const [feedSigner, tokenKeys] = [await loadFeedSigner(pool, kek), await CurrentTokenKeys.open(pool, kek)];
    const fetchPublic = createFetchPublic({ internalHosts: config.internalHosts, ca });
    return {
      config,
      log,
      pool,
      tokenKeys,
      nonceSecret: nonceSecretFrom(kek),
      subjects: new Subjects({
        ...{ pool, log, issuer: config.publicUrl, tokenKeys: () => tokenKeys.verifying() },
        issuerKeys: new IssuerKeys(fetchPublic, log),
      }),
      fetchPublic,
      agentKeys: new AgentKeys(fetchPublic, log),
      feedSigner,
      sessionSecret,
      auth: createAuth(config, authPool, sessionSecret),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
