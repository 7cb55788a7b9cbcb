import type { Pool, QueryResultRow } from 'pg';
import type { Decision } from './decision.model.js';

interface DecisionRow extends QueryResultRow, Omit<Decision, 'position' | 'revision'> {
  readonly position: string;
  readonly revision: string;
}

const columns = `position, id, at, received_at as "receivedAt", agent, instance, server_id as server, tool, outcome,
  coalesce(outcome_reason, reason) as reason, coalesce(outcome_rule, rule) as rule, detail, revision, result, duration_ms as "durationMs",
  case when observed_reason is not null then json_build_object('outcome', observed_outcome, 'reason', observed_reason,
    'rule', observed_rule, 'detail', observed_detail) end as observed,
  audit_level as "auditLevel", withheld,
  case when coalesce(label_trust, label_secrecy) is not null
    then json_build_object('trust', label_trust, 'secrecy', label_secrecy) end as labels`;

/** Rows of the record, newest first. `condition` is ours; what people sent stands in `values`. */
export async function decisionRows(
  pool: Pool,
  condition: string,
  values: readonly unknown[],
  limit: number,
): Promise<Decision[]> {
  const found = await pool.query<DecisionRow>(
    `select ${columns} from decision where ${condition} order by position desc limit ${limit}`,
    [...values],
  );
  return found.rows.map((row) => ({ ...row, position: Number(row.position), revision: Number(row.revision) }));
}
