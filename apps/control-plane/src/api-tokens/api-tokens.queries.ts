import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Viewer } from '../authorisation/viewer.js';
import { Refusal } from '../platform/refusal.js';
import type { ApiToken } from './api-token.model.js';

const select = `select id, name, prefix, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt" from api_token`;

@Injectable()
export class ApiTokensQueries {
  constructor(private readonly pool: Pool) {}

  /** Newest first. */
  async of({ personId }: Viewer): Promise<ApiToken[]> {
    const found = await this.pool.query<ApiToken>(`${select} where person_id = $1 order by created_at desc, id`, [
      personId,
    ]);
    return found.rows;
  }

  async one(id: string): Promise<ApiToken> {
    const found = await this.pool.query<ApiToken>(`${select} where id = $1`, [id]);
    const row = found.rows[0];
    if (row === undefined) throw new Refusal('not_found', `there is no API token ${id}`, { apiToken: id });
    return row;
  }
}
