import { createPublicKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import {
  domains,
  enrolRequestSchema,
  protocolVersion,
  signedTextSchema,
  type EnrolAnswer,
  type EnrolRequest,
} from '@portcullis/contracts';
import { isSignedBy } from '@portcullis/contracts/signed';
import type pg from 'pg';
import { joinSecretHash } from '../keys/join-token.js';
import { loadKeySet, loadRoot } from '../keys/key-set.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';

type EnrolRefusal = 'unknown' | 'wrong_secret' | 'used' | 'expired';

/** `POST /v1/enrol`: a guard that holds a join token becomes known by the key it has just made (P-F2). */
export async function enrol(pool: pg.Pool, body: unknown, log: Log): Promise<EnrolAnswer> {
  const request = openRequest(body);
  const guard = `gd_${randomBytes(12).toString('base64url')}`;
  const taken = await takeToken(pool, request, guard);
  if (typeof taken === 'string') {
    log.warn({ why: taken, id: request.joinToken.id }, 'a join token was refused');
    // One answer for every cause: the outside learns nothing about which tokens exist.
    throw new Refusal('join_token_refused', 'this join token cannot be used; create a new one in the console');
  }
  log.info({ guard, server: taken.server }, 'a guard enrolled');
  const [root, keySet] = [await loadRoot(pool), await loadKeySet(pool)];
  if (!keySet) throw new Error('this database holds no key set');
  return { guard, server: taken.server, resource: taken.resource, rootKey: root.spki, keySet: keySet.text };
}

function openRequest(body: unknown): EnrolRequest {
  const text = signedTextSchema.safeParse(body).data;
  if (!text) throw new Refusal('input_invalid', 'send a signed text: {"payload", "signature"}');
  const parsed: unknown = parseJson(text.payload);
  if (typeof parsed === 'object' && parsed !== null && 'v' in parsed && parsed.v !== protocolVersion)
    throw new Refusal(
      'guard_outdated',
      `this control plane speaks protocol ${protocolVersion}; use a guard that does`,
      { protocol: protocolVersion },
    );
  const request = enrolRequestSchema.safeParse(parsed).data;
  const key = request && keyOf(request);
  if (!request || !key) throw new Refusal('input_invalid', 'the payload is not an enrolment');
  if (!isSignedBy(domains.enrol, text, key))
    throw new Refusal('signature_refused', 'the enrolment is not signed by the key it names');
  return request;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function keyOf({ publicKey }: EnrolRequest): KeyObject | undefined {
  try {
    return createPublicKey({ key: publicKey, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Token and guard in one transaction: of two that use a token at once, the conditional update lets one through. */
async function takeToken(
  pool: pg.Pool,
  request: EnrolRequest,
  guard: string,
): Promise<{ server: string; resource: string } | EnrolRefusal> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const taken = await takeInside(client, request, guard);
    await client.query(typeof taken === 'string' ? 'rollback' : 'commit');
    return taken;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function takeInside(
  client: pg.ClientBase,
  request: EnrolRequest,
  guard: string,
): Promise<{ server: string; resource: string } | EnrolRefusal> {
  const { id, secret } = request.joinToken;
  const found = await client.query<{ secret_hash: string; is_used: boolean; is_expired: boolean }>(
    `select secret_hash, used_at is not null as is_used, expires_at <= now() as is_expired from join_token where id = $1`,
    [id.replaceAll('\0', '')],
  );
  const row = found.rows[0];
  const given = Buffer.from(joinSecretHash(secret));
  const isRight = timingSafeEqual(given, row ? Buffer.from(row.secret_hash) : Buffer.alloc(given.length));
  if (!row) return 'unknown';
  if (!isRight) return 'wrong_secret';
  if (row.is_expired) return 'expired';
  const used = await client.query<{ server: string; resource: string }>(
    `update join_token t set used_at = now() from server s
     where t.id = $1 and t.used_at is null and t.expires_at > now() and s.id = t.server_id returning s.id as server, s.resource`,
    [id],
  );
  const home = used.rows[0];
  if (!home) return 'used';
  await client.query(`insert into guard (id, server_id, public_jwk, capabilities) values ($1, $2, $3, $4)`, [
    guard,
    home.server,
    request.publicKey,
    request.capabilities.map((capability) => capability.replaceAll('\0', '')),
  ]);
  return home;
}
