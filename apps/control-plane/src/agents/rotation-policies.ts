import type { Pool } from 'pg';
import { isCredentialLiveSql } from '../credentials/live-credentials.js';
import type { RotationPolicy } from './rotation-policy.model.js';
import { rotationState } from './rotation-state.js';

interface PolicyRow {
  readonly agent: string;
  readonly interval: number;
  readonly overlap: number;
  readonly warn: number;
  readonly newest: Date | null;
}

/** The rotation policies of agents that have one. The clock runs from the newest live credential. */
export async function rotationPolicies(pool: Pool, agents: readonly string[]): Promise<Map<string, RotationPolicy>> {
  const found = await pool.query<PolicyRow>(
    `select p.agent_id as agent, p.interval_seconds as interval, p.overlap_seconds as overlap, p.warn_seconds as warn,
       (select max(coalesce(c.activated_at, c.created_at)) from credential c
        where c.agent_id = p.agent_id and ${isCredentialLiveSql('c')}) as newest
     from rotation_policy p where p.agent_id = any($1)`,
    [agents],
  );
  const now = Date.now();
  return new Map(found.rows.map((row) => [row.agent, policyOf(row, now)]));
}

function policyOf({ interval, overlap, warn, newest }: PolicyRow, now: number): RotationPolicy {
  const nextDueAt = newest === null ? null : newest.getTime() + interval * 1000;
  const state = rotationState(nextDueAt, warn * 1000, now);
  return { intervalSeconds: interval, overlapSeconds: overlap, warnSeconds: warn, nextDueAt, state };
}
