import { generateKeyPairSync } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@portcullis/postgres';
import { Client } from 'pg';
import { Admin } from '../stack/admin.js';
import { root, startInstallation, type RunFile } from '../stack/installation.js';
import { stopTicket } from '../stack/kill.js';
import { tokenFor } from '../stack/mcp-agent.js';

export interface KillWorld {
  readonly databaseUrl: string;
  readonly database: Client;
  readonly guardsUrl: string;
  readonly laneUrl: string;
  readonly stopTicket: string;
  readonly lightGuards: string[];
  /** PKCS#8 DER, base64url: one key for all light sockets. */
  readonly lightKey: string;
  readonly data: string;
  joinToken(): Promise<string>;
  /** A new agent in the demo's environment, and a token of its own for the demo server. */
  agent(id: string): Promise<string>;
  close(): Promise<void>;
}

const server = 'support-desk';

async function enrolLight(database: Client, count: number): Promise<{ guards: string[]; key: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const guards = Array.from({ length: count }, (_, index) => `bench-light-${index}`);
  await database.query(
    `insert into guard (id, server_id, public_jwk) select id, $2, $3::jsonb from unnest($1::text[]) as id`,
    [guards, server, JSON.stringify(publicKey.export({ format: 'jwk' }))],
  );
  return { guards, key: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url') };
}

const prodSupport = { role: 'support', environment: 'prod' } as const;

async function addAgent(admin: Admin, urls: RunFile['urls'], id: string): Promise<string> {
  await admin.get('mutation($i: CreateAgentInput!) { createAgent(input: $i) { revision } }', { i: { id, name: id } });
  await admin.get('mutation($i: AssignRoleInput!) { assignRole(input: $i) { revision } }', {
    i: { agent: id, ...prodSupport },
  });
  const { issueCredential } = await admin.get<{ issueCredential: { secret: string } }>(
    'mutation($i: IssueCredentialInput!) { issueCredential(input: $i) { secret revision } }',
    { i: { agent: id } },
  );
  const resource = `${urls.demo}/mcp`;
  return tokenFor({ console: urls.console, clientId: id, clientSecret: issueCredential.secret, resource });
}

async function newJoinToken(admin: Admin): Promise<string> {
  const { createJoinToken } = await admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken revision } }',
    { i: { server } },
  );
  return createJoinToken.joinToken;
}

/** An installation on a Postgres that the bench can see, with `size` guards that exist only as rows and a key. */
export async function killWorld(size: number): Promise<KillWorld> {
  const folder = join(root, '.portcullis', 'bench', `pg-${process.pid}`);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const postgres = await startPostgres({ dataFolder: folder });
  const installation = await startInstallation({
    env: { DATABASE_URL: postgres.url, PORTCULLIS_LOG_LEVEL: 'error' },
  });
  const { urls } = installation.run;
  const database = new Client({ connectionString: postgres.url });
  await database.connect();
  const light = await enrolLight(database, size);
  const admin = new Admin(urls.console);
  await admin.claim(urls.claim);
  return {
    databaseUrl: postgres.url,
    database,
    guardsUrl: urls.guards,
    laneUrl: urls.lane,
    stopTicket: await stopTicket(admin),
    lightGuards: light.guards,
    lightKey: light.key,
    data: installation.data,
    agent: (id) => addAgent(admin, urls, id),
    joinToken: () => newJoinToken(admin),
    async close() {
      await database.end();
      await installation.remove();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
