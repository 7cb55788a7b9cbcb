import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { isPermission } from '../authorisation/permissions.js';
import type { Viewer } from '../authorisation/viewer.js';
import { Attempts } from '../people/attempts.js';
import { Refusal } from '../platform/refusal.js';
import { tokenHash } from './token-text.js';

interface Row {
  readonly token: string;
  readonly person: string;
  readonly email: string;
  readonly name: string;
  readonly permissions: string[];
}

/** When it was last used is written once a minute at most. */
const live = `with used as (update api_token set last_used_at = now()
    where secret_hash = $1 and revoked_at is null and expires_at > now()
      and (last_used_at is null or last_used_at < now() - interval '1 minute'))
  select t.id as token, u."id" as person, u."email" as email, u."name" as name,
    array(select permission from person_permission p where p.person_id = u."id" order by permission) as permissions
  from api_token t join "user" u on u."id" = t.person_id
  where t.secret_hash = $1 and t.revoked_at is null and t.expires_at > now()`;

@Injectable()
export class ApiTokenViewers {
  constructor(
    private readonly pool: Pool,
    private readonly attempts: Attempts,
  ) {}

  /** The token's person with the permissions of now. Unknown, ended and revoked read alike, and are counted by address. */
  async viewerOf(token: string, address: string): Promise<Viewer> {
    const found = token === '' ? undefined : await this.pool.query<Row>(live, [tokenHash(token)]);
    const row = found?.rows[0];
    if (row === undefined) {
      await this.attempts.take({ act: 'api-token', account: address, address });
      throw new Refusal('unauthenticated', 'this API token is not known here, has ended or was revoked');
    }
    const { token: apiToken, person: personId, email, name } = row;
    const permissions = new Set(row.permissions.filter(isPermission));
    return { apiToken, sessionId: null, personId, email, name, permissions };
  }
}
