import type { Pool } from 'pg';
import { newestCredentialSql } from './rotation-due.js';
import type { RotationPolicy } from './rotation-policy.model.js';
import { rotationState } from './rotation-state.js';

interface PolicyRow {
  readonly agent: string;
  readonly interval: number;
  readonly overlap: number;
  readonly warn: number;
  readonly dueAt: Date | null;
  readonly warnedAt: Date | null;
}

/** The rotation policies of agents that have one. The clock runs from the newest live credential, up to its end at the latest. */
export async function rotationPolicies(pool: Pool, agents: readonly string[]): Promise<Map<string, RotationPolicy>> {
  const found = await pool.query<PolicyRow>(
    `select p.agent_id as agent, p.interval_seconds as interval, p.overlap_seconds as overlap, p.warn_seconds as warn,
       n.due_at as "dueAt", n.warned_at as "warnedAt"
     from rotation_policy p left ${newestCredentialSql} where p.agent_id = any($1)`,
    [agents],
  );
  const now = Date.now();
  return new Map(found.rows.map((row) => [row.agent, policyOf(row, now)]));
}

function policyOf({ interval, overlap, warn, dueAt, warnedAt }: PolicyRow, now: number): RotationPolicy {
  const nextDueAt = dueAt?.getTime() ?? null;
  const state = rotationState(nextDueAt, warn * 1000, now);
  return { intervalSeconds: interval, overlapSeconds: overlap, warnSeconds: warn, nextDueAt, warnedAt, state };
}
