import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import type { Credential } from './credential.model.js';

const columns = `c.id, c.agent_id as agent, c.prefix, c.created_by as "createdBy", c.created_at as "createdAt", c.expires_at as "expiresAt",
  c.last_used_at as "lastUsedAt", r.revoked_at as "revokedAt",
  case when r.credential_id is not null then 'revoked' when c.expires_at <= now() then 'expired' else 'active' end as status`;

@Injectable()
export class CredentialsQueries {
  constructor(private readonly pool: Pool) {}

  async one(id: string): Promise<Credential> {
    const found = await this.pool.query<Credential>(
      `select ${columns} from credential c left join credential_revocation r on r.credential_id = c.id where c.id = $1`,
      [id],
    );
    const [credential] = found.rows;
    if (credential === undefined) throw new Error(`credential ${id} is gone`);
    return credential;
  }

  /** Newest first, by agent. */
  async ofAgents(agents: readonly string[]): Promise<Map<string, Credential[]>> {
    const found = await this.pool.query<Credential>(
      `select ${columns} from credential c left join credential_revocation r on r.credential_id = c.id
       where c.agent_id = any($1) order by c.created_at desc, c.id`,
      [agents],
    );
    return groupBy(found.rows, (credential) => credential.agent);
  }
}
