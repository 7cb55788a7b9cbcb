import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Pool } from 'pg';

/** Gives oidc-provider the client of an id, asked anew at each request. */
export type FindClient = (id: string) => Promise<AdapterPayload | undefined>;

class RecordStore implements Adapter {
  constructor(
    private readonly model: string,
    private readonly pool: Pool,
    private readonly findClient: FindClient,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    await this.pool.query(
      `insert into oidc_record (model, id, payload, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))
       on conflict (model, id) do update set payload = excluded.payload, expires_at = excluded.expires_at`,
      [this.model, id, payload, expiresIn],
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return this.findClient(id);
    const { rows } = await this.pool.query<{ payload: AdapterPayload; consumed: number | null }>(
      `select payload, extract(epoch from consumed_at)::int as consumed from oidc_record
       where model = $1 and id = $2 and (expires_at is null or expires_at > now())`,
      [this.model, id],
    );
    const row = rows[0];
    return row && (row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed });
  }

  async consume(id: string): Promise<void> {
    await this.pool.query(`update oidc_record set consumed_at = now() where model = $1 and id = $2`, [this.model, id]);
  }

  async destroy(id: string): Promise<void> {
    await this.pool.query(`delete from oidc_record where model = $1 and id = $2`, [this.model, id]);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('uid', uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('userCode', userCode);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.pool.query(`delete from oidc_record where model = $1 and payload ->> 'grantId' = $2`, [
      this.model,
      grantId,
    ]);
  }

  async #findBy(field: string, value: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.pool.query<{ payload: AdapterPayload }>(
      `select payload from oidc_record where model = $1 and payload ->> $2 = $3 and (expires_at is null or expires_at > now())`,
      [this.model, field, value],
    );
    return rows[0]?.payload;
  }
}

/** oidc-provider's store in Postgres. Agents are its clients; JWT access tokens are not stored at all. */
export function oidcStore(pool: Pool, findClient: FindClient): AdapterFactory {
  return (model) => new RecordStore(model, pool, findClient);
}

export async function sweepOidcRecords(pool: Pool): Promise<void> {
  await pool.query('delete from oidc_record where expires_at < now()');
}
