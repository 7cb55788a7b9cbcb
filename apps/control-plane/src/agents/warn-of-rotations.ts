import type { Pool } from 'pg';
import type { Log } from '../platform/log.js';
import { newestCredentialSql } from './rotation-due.js';

interface Warned {
  readonly agent: string;
  readonly credential: string;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
}

/**
 * Warns of each rotation once when it is due soon, and once more when it is overdue: a line in the log, and a moment on the
 * credential. Rotating is left to the agent (POST /oauth/rotate) or to a person. Says of how many it warned.
 */
export async function warnOfRotations(pool: Pool, log: Log): Promise<number> {
  const { rows } = await pool.query<Warned>(
    `update credential c set warned_at = now() from (
       select n.id, n.due_at, case when n.due_at <= now() then n.due_at else n.due_at - make_interval(secs => p.warn_seconds) end as since
       from rotation_policy p ${newestCredentialSql}) d
     where c.id = d.id and d.since <= now() and (c.warned_at is null or c.warned_at < d.since)
     returning c.agent_id as agent, c.id as credential, d.due_at as "dueAt", d.due_at <= now() as "isOverdue"`,
  );
  for (const { isOverdue, ...warned } of rows)
    log.warn(
      warned,
      isOverdue ? 'the rotation of a credential is overdue' : 'the rotation of a credential is due soon',
    );
  return rows.length;
}
