import { hash } from 'node:crypto';
import type { Pool } from 'pg';

const windowSeconds = 300;
const limits = { client: 30, address: 300 } as const;

/** The names under which the failures of a client from an address are counted. */
export function failureValues(client: string, address: string): readonly [string, string] {
  return [`token:client:${hash('sha256', client, 'base64url')}:${address}`, `token:address:${address}`];
}

/** SQL text: whether a client failed too often of late. Its values are `failureValues`, the first of them numbered `first`. */
export function areFailuresTooManySql(first: number): string {
  const limitOf = `case when l.key = $${first} then ${limits.client} else ${limits.address} end`;
  return `exists (select 1 from rate_limit l where l.key in ($${first}, $${first + 1})
    and l.window_started_at > now() - interval '${windowSeconds} seconds' and l.count >= ${limitOf})`;
}

/** Failed authentications of clients. Successes cost nothing, so a busy agent is never slowed by its own calls. */
export class FailedClients {
  constructor(private readonly pool: Pool) {}

  async add(client: string, address: string): Promise<void> {
    await this.pool.query(
      `insert into rate_limit as r (key, window_started_at, count) select key, now(), 1 from unnest($1::text[]) as key order by key
       on conflict (key) do update set
         count = case when r.window_started_at < now() - make_interval(secs => $2) then 1 else r.count + 1 end,
         window_started_at = case when r.window_started_at < now() - make_interval(secs => $2) then now() else r.window_started_at end`,
      [failureValues(client, address), windowSeconds],
    );
  }
}
