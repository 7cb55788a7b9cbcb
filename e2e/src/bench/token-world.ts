import { generateKeyPairSync, randomBytes, createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@portcullis/postgres';
import { Client } from 'pg';
import type { Endpoint, Proof } from '../soak/proof.js';
import { newAgent } from '../soak/soak-world.js';
import { Admin } from '../stack/admin.js';
import { root, startInstallation } from '../stack/installation.js';
import { Child } from './child.js';

export type Kind = Proof['kind'];
export type Who = 'ours' | 'bare';

/** One token server, with a client of each kind. */
export interface TokenServer {
  readonly endpoint: Endpoint;
  readonly pid: number;
  readonly clients: Readonly<Record<Kind, { readonly id: string; readonly proof: Proof }>>;
}

export interface TokenWorld {
  readonly databaseUrl: string;
  readonly guardsUrl: string;
  readonly data: string;
  joinToken(): Promise<string>;
  readonly servers: Readonly<Record<Who, TokenServer>>;
  close(): Promise<void>;
}

const tables = `
  create table bare_client (id text primary key, secret_hash text, public_jwk jsonb, live boolean not null default true,
    credential text not null, used_at timestamptz not null default now(), used_from text);
  create table bare_role (client text not null, role text not null, environment text not null, resource text not null);
  create index on bare_role (client, resource);
  create table bare_try (client text primary key, count int not null);
  create table bare_replay (id text primary key, until timestamptz not null);`;

async function bareClients(database: Client, resource: string): Promise<TokenServer['clients']> {
  await database.query(tables);
  const secret = randomBytes(32).toString('base64url');
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await database.query(
    `insert into bare_client (id, secret_hash, public_jwk, credential)
     values ('bare-secret', $1, null, 'cr_1'), ('bare-key', null, $2, 'cr_2')`,
    [createHash('sha256').update(secret).digest('hex'), { ...publicKey.export({ format: 'jwk' }), kid: 'bare' }],
  );
  await database.query(
    `insert into bare_role select id, 'support', 'prod', $1 from unnest(array['bare-secret', 'bare-key']) as id`,
    [resource],
  );
  return {
    secret: { id: 'bare-secret', proof: { kind: 'secret', secret } },
    private_key_jwt: { id: 'bare-key', proof: { kind: 'private_key_jwt', privateKey } },
  };
}

async function newJoinToken(admin: Admin): Promise<string> {
  const { createJoinToken } = await admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation { createJoinToken(input: { server: "support-desk" }) { joinToken revision } }',
  );
  return createJoinToken.joinToken;
}

/** A whole installation, and beside it the bare server on the same Postgres. */
export async function tokenWorld(): Promise<TokenWorld> {
  const folder = join(root, '.portcullis', 'bench', `pg-${process.pid}`);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const postgres = await startPostgres({ dataFolder: folder });
  const installation = await startInstallation({
    env: { DATABASE_URL: postgres.url, PORTCULLIS_LOG_LEVEL: 'error' },
  });
  const { urls, pids } = installation.run;
  const resource = `${urls.demo}/mcp`;
  const admin = new Admin(urls.console);
  await admin.claim(urls.claim);
  const database = new Client({ connectionString: postgres.url });
  await database.connect();
  const ours: TokenServer['clients'] = {
    secret: { id: 'bench-secret', proof: (await newAgent(admin, 'bench-secret', 'secret')).proof },
    private_key_jwt: { id: 'bench-key', proof: (await newAgent(admin, 'bench-key', 'private_key_jwt')).proof },
  };
  const clients = await bareClients(database, resource);
  await database.end();
  const env = { ...process.env, BENCH_DATABASE_URL: postgres.url, BENCH_RESOURCE: resource };
  const bare = new Child(new URL('./bare-token-server.js', import.meta.url), env);
  const { issuer } = await bare.next('listening');
  return {
    databaseUrl: postgres.url,
    guardsUrl: urls.guards,
    data: installation.data,
    joinToken: () => newJoinToken(admin),
    servers: {
      ours: { endpoint: { issuer: urls.console, resource }, pid: pids.api, clients: ours },
      bare: { endpoint: { issuer: String(issuer), resource }, pid: bare.pid, clients },
    },
    async close() {
      bare.stop();
      await installation.remove();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
