import { Injectable } from '@nestjs/common';
import { parseBucket, unitsPerAmount } from '@portcullis/contracts';
import { limitOf, quotaIn } from '@portcullis/policy';
import { Pool } from 'pg';
import { Refusal } from '../platform/refusal.js';
import type { QuotaUsage } from './quota-usage.model.js';

interface BudgetRow {
  bucket: string;
  from: Date;
  until: Date;
  spent: string;
  shares: { guard: string; server: string | null; spent: number; held: number }[];
}

/** Windows that can be told apart on a screen; the newest first. */
const mostRows = 500;

@Injectable()
export class QuotaUsageQueries {
  constructor(private readonly pool: Pool) {}

  /** Of the windows that are not over, unless `past` asks for those of the last day as well. */
  async ofGrant(grant: string, past: boolean): Promise<QuotaUsage[]> {
    const { rows: found } = await this.pool.query<{ obligations: unknown[] }>(
      `select obligations from grants where id = $1`,
      [grant],
    );
    const [row] = found;
    if (!row) throw new Refusal('not_found', `there is no grant ${grant}`);
    const { rows } = await this.pool.query<BudgetRow>(
      `select b.bucket, b.window_start as "from", b.window_end as until, b.spent,
         coalesce((select json_agg(json_build_object('guard', s.guard_id, 'server', g.server_id, 'spent', s.spent, 'held', greatest(0, s.handed - s.returned - s.spent)) order by s.guard_id)
           from quota_share s left join guard g on g.id = s.guard_id where s.bucket = b.bucket and s.window_start = b.window_start), '[]') as shares
       from quota_budget b where b.grant_id = $1 and ($2 or b.window_end > now()) order by b.window_start desc, b.bucket limit ${mostRows}`,
      [grant, past],
    );
    return rows.flatMap((budget) => usageOf(budget, row.obligations) ?? []);
  }
}

/** Of a quota that the grant still has. */
function usageOf(
  { bucket: text, from, until, spent, shares }: BudgetRow,
  obligations: unknown[],
): QuotaUsage | undefined {
  const bucket = parseBucket(text);
  const found = bucket && quotaIn(obligations, bucket);
  if (!found) return undefined;
  const [, , , per, agent, subject] = bucket;
  const isUser = subject !== null && (per === 'user' || subject.startsWith('user '));
  const scale = found.quota.amount ? unitsPerAmount : 1;
  return {
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
    })),
  };
}
