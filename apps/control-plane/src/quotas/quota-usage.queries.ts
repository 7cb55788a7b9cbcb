import { Injectable } from '@nestjs/common';
import { parseBucket, unitsPerAmount } from '@portcullis/contracts';
import { limitOf, quotaIn } from '@portcullis/policy';
import { Pool } from 'pg';
import { obligationText } from '../grants/obligation-text.js';
import { Refusal } from '../platform/refusal.js';
import type { QuotaUsage } from './quota-usage.model.js';

interface BudgetRow {
  grant: string;
  what: string;
  obligations: unknown[];
  bucket: string;
  from: Date;
  until: Date;
  spent: string;
  shares: { guard: string; server: string | null; spent: number; held: number; reportedAt: string | null }[];
}

/** Windows that can be told apart on a screen; the newest first. */
const mostRows = 500;

const reportedSql = 'select max(o.last_report_at) from guard_boot o where o.guard_id = s.guard_id';
const sharesSql = `select json_agg(json_build_object('guard', s.guard_id, 'server', g.server_id, 'spent', s.spent,
    'held', greatest(0, s.handed - s.returned - s.spent), 'reportedAt', (${reportedSql})) order by s.guard_id)
  from quota_share s left join guard g on g.id = s.guard_id where s.bucket = b.bucket and s.window_start = b.window_start`;
const budgetsSql = `select b.grant_id as "grant", coalesce(r.tool_id, r.tool_class) as what, r.obligations, b.bucket,
    b.window_start as "from", b.window_end as until, b.spent, coalesce((${sharesSql}), '[]') as shares
  from quota_budget b join grants r on r.id = b.grant_id`;
const inOrder = `order by b.window_start desc, b.bucket limit ${mostRows}`;

@Injectable()
export class QuotaUsageQueries {
  constructor(private readonly pool: Pool) {}

  /** Of the windows that are not over, unless `past` asks for those of the last day as well. */
  async ofGrant(grant: string, past: boolean): Promise<QuotaUsage[]> {
    const found = await this.pool.query('select from grants where id = $1', [grant]);
    if (found.rowCount === 0) throw new Refusal('not_found', `there is no grant ${grant}`);
    const { rows } = await this.pool.query<BudgetRow>(
      `${budgetsSql} where b.grant_id = $1 and ($2 or b.window_end > now()) ${inOrder}`,
      [grant, past],
    );
    return rows.flatMap((budget) => usageOf(budget) ?? []);
  }

  /** Of live grants and windows that are not over. */
  async ofAgent(agent: string): Promise<QuotaUsage[]> {
    const { rows } = await this.pool.query<BudgetRow>(
      `${budgetsSql} where b.window_end > now() and r.revoked_at is null and b.bucket::jsonb ->> 4 = $1 ${inOrder}`,
      [agent],
    );
    return rows.flatMap((budget) => usageOf(budget) ?? []);
  }
}

/** Of a quota that the grant still has. */
function usageOf({
  grant,
  what,
  obligations,
  bucket: text,
  from,
  until,
  spent,
  shares,
}: BudgetRow): QuotaUsage | undefined {
  const bucket = parseBucket(text);
  const found = bucket && quotaIn(obligations, bucket);
  if (!found) return undefined;
  const [, , , per, agent, subject] = bucket;
  const isUser = subject !== null && (per === 'user' || subject.startsWith('user '));
  const scale = found.quota.amount ? unitsPerAmount : 1;
  return {
    ...{ grant, what, text: obligationText(found.quota) },
    obligation: found.place,
    agent,
    user: isUser ? subject.replace(/^user /, '') : null,
    conversation: isUser ? null : subject,
    ...{ from, until },
    limit: limitOf(found.quota) / scale,
    used: Number(spent) / scale,
    shares: shares.map((share) => ({
      ...{ guard: share.guard, server: share.server },
      used: share.spent / scale,
      held: found.quota.amount ? share.held / scale : 0,
      reportedAt: share.reportedAt === null ? null : new Date(share.reportedAt),
    })),
  };
}
