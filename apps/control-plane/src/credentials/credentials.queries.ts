import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import type { Credential } from './credential.model.js';
import { credentialEndSql } from './end-of.js';

const selection = `select c.id, c.agent_id as agent, c.kind, c.prefix, c.public_jwk as "publicJwk", c.jwks_uri as "jwksUri",
  c.created_by as "createdBy", c.created_at as "createdAt", c.not_before as "notBefore", c.expires_at as "expiresAt",
  c.activated_at as "activatedAt", c.retiring_since as "retiringSince", c.retires_at as "retiresAt", c.derived_from as "derivedFrom",
  c.last_used_at as "lastUsedAt", c.last_used_from as "lastUsedFrom", c.last_used_server as "lastUsedServer",
  r.revoked_at as "revokedAt", t.tainted_at as "taintedAt", t.reason as "taintReason",
  case when t.credential_id is not null then 'tainted' when r.credential_id is not null then 'revoked'
    when ${credentialEndSql('c')} <= now() then 'expired' else c.stage end as status
  from credential c left join credential_revocation r on r.credential_id = c.id
    left join credential_taint t on t.credential_id = c.id`;

@Injectable()
export class CredentialsQueries {
  constructor(private readonly pool: Pool) {}

  async one(id: string): Promise<Credential> {
    const found = await this.pool.query<Credential>(`${selection} where c.id = $1`, [id]);
    const [credential] = found.rows;
    if (credential === undefined) throw new Error(`credential ${id} is gone`);
    return credential;
  }

  /** Newest first, by agent. */
  async ofAgents(agents: readonly string[]): Promise<Map<string, Credential[]>> {
    const found = await this.pool.query<Credential>(
      `${selection} where c.agent_id = any($1) order by c.created_at desc, c.id`,
      [agents],
    );
    return groupBy(found.rows, (credential) => credential.agent);
  }
}
