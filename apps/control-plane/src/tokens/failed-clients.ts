import { createHash } from 'node:crypto';
import type { Pool } from 'pg';

const windowSeconds = 300;
const limits = { client: 30, address: 300 } as const;

/** Failed authentications of clients. Successes cost nothing, so a busy agent is never slowed by its own calls. */
export class FailedClients {
  constructor(private readonly pool: Pool) {}

  #keys(client: string, address: string): readonly [string, string] {
    return [
      `token:client:${createHash('sha256').update(client).digest('base64url')}:${address}`,
      `token:address:${address}`,
    ];
  }

  async areTooMany(client: string, address: string): Promise<boolean> {
    const keys = this.#keys(client, address);
    const { rows } = await this.pool.query<{ key: string; count: number }>({
      name: 'failed-clients',
      text: `select key, count from rate_limit where key = any($1) and window_started_at > now() - make_interval(secs => $2)`,
      values: [keys, windowSeconds],
    });
    return rows.some((row) => row.count >= (row.key === keys[0] ? limits.client : limits.address));
  }

  async add(client: string, address: string): Promise<void> {
    await this.pool.query(
      `insert into rate_limit as r (key, window_started_at, count) select key, now(), 1 from unnest($1::text[]) as key order by key
       on conflict (key) do update set
         count = case when r.window_started_at < now() - make_interval(secs => $2) then 1 else r.count + 1 end,
         window_started_at = case when r.window_started_at < now() - make_interval(secs => $2) then now() else r.window_started_at end`,
      [this.#keys(client, address), windowSeconds],
    );
  }
}
