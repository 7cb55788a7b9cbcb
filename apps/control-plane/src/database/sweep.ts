import type { Pool } from 'pg';
import type { Log } from '../platform/log.js';
import { sweepOidcRecords } from '../tokens/oidc-store.js';
import { sweepUsedProofs } from '../tokens/used-proofs.js';

const everyMs = 60_000;

const expired = [
  `delete from socket_ticket where expires_at < now()`,
  `delete from rate_limit where window_started_at < now() - interval '1 hour'`,
  `delete from recorded_call where received_at < now() - interval '7 days'`,
  `delete from full_record where received_at < now() - interval '30 days'`,
  `delete from quota_budget where window_end < now() - interval '1 day'`,
  `delete from "session" where "expiresAt" < now() - interval '1 day'`,
];

/** Removes it once. */
export async function sweep(pool: Pool): Promise<void> {
  await sweepOidcRecords(pool);
  await sweepUsedProofs(pool);
  for (const statement of expired) await pool.query(statement);
}

/** Removes what has ended by itself. Gives the way to stop. */
export function startSweep(pool: Pool, log: Log): () => void {
  const failed = (error: unknown) => log.warn({ err: error }, 'expired rows could not be removed');
  const timer = setInterval(() => void sweep(pool).catch(failed), everyMs).unref();
  return () => clearInterval(timer);
}
