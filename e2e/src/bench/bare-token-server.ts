import { createHash, generateKeyPairSync, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider';
import pg from 'pg';

/**
 * The peer of B-T1, in a process of its own: oidc-provider on Postgres as somebody would write it who needs the same checks.
 * Client by id, failed tries, the secret's hash or the assertion and its single use, what the agent holds at the server,
 * when it was last used, and DPoP on with nonces asked for. Each check is a statement of its own, written plainly and prepared;
 * its tokens have the claims of ours. It has no request id, request log or security headers, which are not checks.
 */
interface ClientRow {
  readonly id: string;
  readonly secret_hash: string | null;
  readonly public_jwk: Readonly<Record<string, unknown>> | null;
}

const resource = process.env['BENCH_RESOURCE'] ?? '';
const pool = new pg.Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 10 });
const hashes = new Map<string, string>();

async function ask<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await pool.query<Row>({ name, text, values })).rows;
}

async function findClient(id: string): Promise<AdapterPayload | undefined> {
  const [row] = await ask<ClientRow>('client', 'select id, secret_hash, public_jwk from bare_client where id = $1', [
    id,
  ]);
  if (!row) return undefined;
  if (row.secret_hash !== null) hashes.set(id, row.secret_hash);
  return {
    client_id: id,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    ...(row.public_jwk === null
      ? { client_secret: 'compared-with-its-hash', token_endpoint_auth_method: 'client_secret_basic' }
      : { jwks: { keys: [row.public_jwk] } as never, token_endpoint_auth_method: 'private_key_jwt' }),
  };
}

async function areFailuresTooMany(client: string): Promise<boolean> {
  const rows = await ask<{ count: number }>('tries', 'select count from bare_try where client = $1', [client]);
  return rows.some(({ count }) => count >= 30);
}

/** None of its models is stored but replay, which is one insert. */
const store = (model: string): Adapter => ({
  find: async (id) => (model === 'Client' ? findClient(id) : undefined),
  upsert: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  revokeByGrantId: async () => undefined,
});

interface Held {
  readonly role: string;
  readonly environment: string;
  readonly rev: string;
  readonly credential: string;
}
const held = new WeakMap<object, Held>();

async function standing(ctx: object, client: string, address: string): Promise<Held> {
  const [row] = await ask<Held>(
    'standing',
    `select r.role, r.environment, n.revision as rev, c.credential from change_counter n
     join bare_client c on c.id = $1 and c.live join bare_role r on r.client = c.id where r.resource = $2`,
    [client, resource],
  );
  if (!row) throw new Error('nothing is held there');
  await ask(
    'used',
    `update bare_client set used_at = now(), used_from = $2 where id = $1 and used_at < now() - interval '1 second'`,
    [client, address],
  );
  held.set(ctx, row);
  return row;
}

function signingKey(): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'bare' };
}

const configuration: Configuration = {
  adapter: store,
  jwks: { keys: [signingKey() as never] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: ['ES256'] },
  responseTypes: [],
  scopes: [],
  routes: { token: '/oauth/token' },
  ttl: { ClientCredentials: () => 300 },
  extraTokenClaims: (ctx) => {
    const { rev, ...said } = held.get(ctx) ?? { rev: '0' };
    return {
      agent: ctx.oidc.client?.clientId ?? '',
      instance: randomUUID(),
      task: 'lookup',
      ...said,
      rev: Number(rev),
    };
  },
  features: {
    clientCredentials: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => false,
      getResourceServerInfo: async (ctx, audience) => {
        if (audience !== resource) throw new Error('no such server');
        const { role } = await standing(ctx, ctx.oidc.client?.clientId ?? '', ctx.ip);
        const scope = `role:${role} task:lookup`;
        if (ctx.oidc.params) ctx.oidc.params['scope'] = scope;
        return { scope, audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
      },
    },
  },
};

async function compareSecret(client: string, secret: string): Promise<boolean> {
  if (await areFailuresTooMany(client)) return false;
  const known = Buffer.from(hashes.get(client) ?? '', 'hex');
  const given = createHash('sha256').update(secret).digest();
  return known.length === given.length && timingSafeEqual(known, given);
}

async function isFirstUse(client: string, jti: string, until: number): Promise<boolean> {
  if (await areFailuresTooMany(client)) return false;
  const text = `insert into bare_replay (id, until) values ($1, to_timestamp($2)) on conflict do nothing returning id`;
  return (await ask('replay', text, [`${client} ${jti}`, until])).length === 1;
}

const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
const provider = new Provider(issuer, configuration);
provider.Client.prototype.compareClientSecret = function (secret: string) {
  return compareSecret(this.clientId, secret);
};
provider.ReplayDetection.unique = isFirstUse;
provider.on('server_error', (_ctx, error) => process.stderr.write(`bare: ${error.stack ?? ''}\n`));
const answer = provider.callback();
server.on('request', (request, response) => void answer(request, response));
process.send?.({ type: 'listening', issuer });
process.on('disconnect', () => process.exit(0));
