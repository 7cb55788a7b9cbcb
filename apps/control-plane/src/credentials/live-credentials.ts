import type { CredentialKind } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { credentialEndSql } from './end-of.js';

/** A credential that may be given tokens at this moment, with what a proof is checked against. */
export interface LiveCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  /** Of a secret: SHA-256 in hex. */
  readonly secretHash: string | null;
  /** Of a `private_key_jwt`: its public key, or where its keys are published. */
  readonly publicJwk: unknown;
  readonly jwksUri: string | null;
  /** Milliseconds; `null` without an end. */
  readonly endsAt: number | null;
}

/**
 * The condition under which the credential `alias` may be given tokens: active or retiring, in its window, neither revoked nor
 * tainted, and its agent active. SQL text of constant parts, for use inside a statement that reads more than this.
 */
export function isCredentialLiveSql(alias: string): string {
  return `(${alias}.stage in ('active', 'retiring')
    and (${alias}.not_before is null or ${alias}.not_before <= now())
    and (${credentialEndSql(alias)} is null or ${credentialEndSql(alias)} > now())
    and not exists (select 1 from credential_revocation r where r.credential_id = ${alias}.id)
    and not exists (select 1 from credential_taint t where t.credential_id = ${alias}.id)
    and exists (select 1 from agent_status s where s.agent_id = ${alias}.agent_id and s.status = 'active'))`;
}

/** SQL text: every live credential of the agent that `agent` is, as a JSON array, the newest first. */
export function liveCredentialsSql(agent: string): string {
  return `coalesce((select json_agg(json_build_object(
      'id', c.id, 'kind', c.kind, 'secretHash', c.secret_hash, 'publicJwk', c.public_jwk, 'jwksUri', c.jwks_uri,
      'endsAt', floor(extract(epoch from ${credentialEndSql('c')}) * 1000)) order by c.created_at desc, c.id)
    from credential c where c.agent_id = ${agent} and ${isCredentialLiveSql('c')}), '[]')`;
}

/** Every live credential of an agent; one that does not exist costs the same query. */
export async function liveCredentialsOf(pool: Pool, agent: string): Promise<readonly LiveCredential[]> {
  const text = `select ${liveCredentialsSql('$1')} as credentials`;
  const { rows } = await pool.query<{ credentials: LiveCredential[] }>({
    name: 'live-credentials-of',
    text,
    values: [agent],
  });
  return rows[0]?.credentials ?? [];
}
