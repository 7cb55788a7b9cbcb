import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Refusal } from '../platform/refusal.js';

const windowSeconds = 300;

/** How many tries within five minutes: one account is guessed at slowly, one address may serve an office. */
const limits = { account: 10, address: 100 } as const;

export interface Attempt {
  readonly act: 'sign-in' | 'claim' | 'api-token';
  readonly account: string;
  readonly address: string;
}

/** Counts tries before they are judged, so that parallel ones count too; a success gives its own back. */
@Injectable()
export class Attempts {
  constructor(private readonly pool: Pool) {}

  async take(attempt: Attempt): Promise<void> {
    for (const [limit, key] of keysOf(attempt)) {
      const found = await this.pool.query<{ count: number; wait: number }>(
        `insert into rate_limit as r (key, window_started_at, count) values ($1, now(), 1)
         on conflict (key) do update set
           count = case when r.window_started_at < now() - make_interval(secs => $2) then 1 else r.count + 1 end,
           window_started_at = case when r.window_started_at < now() - make_interval(secs => $2) then now() else r.window_started_at end
         returning count, ceil($2 - extract(epoch from now() - window_started_at))::int as wait`,
        [key, windowSeconds],
      );
      const row = found.rows[0];
      if (row === undefined || row.count > limit)
        throw new Refusal('rate_limited', 'too many tries; wait and try again', {
          retryAfterSeconds: row?.wait ?? windowSeconds,
        });
    }
  }

  async giveBack(attempt: Attempt): Promise<void> {
    const keys = keysOf(attempt).map(([, key]) => key);
    await this.pool.query(`update rate_limit set count = greatest(count - 1, 0) where key = any($1)`, [keys]);
  }
}

function keysOf({ act, account, address }: Attempt): readonly (readonly [limit: number, key: string])[] {
  const name = createHash('sha256').update(account.toLowerCase()).digest('base64url');
  return [
    [limits.address, `${act}:address:${address}`],
    [limits.account, `${act}:account:${name}`],
  ];
}
