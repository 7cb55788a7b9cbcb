import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Engagement } from './engagement.model.js';

interface EngagementRow extends Omit<Engagement, 'revision' | 'status'> {
  readonly revision: string | null;
  readonly value: string | null;
}

/** An engagement's state is what guards were told of it; its row is the record of who asked and why. */
const selection = `
  select e.id::text as id, e.scope, e.target, e.reason, e.engaged_by as "engagedBy", e.engaged_at as "engagedAt", l.value,
    (select min(h.revision) from change_history h where h.kind = 'kill-switch' and h.object_id = e.id::text) as revision
  from engagement e left join change_latest l on l.kind = 'kill-switch' and l.object_id = e.id::text`;

@Injectable()
export class KillSwitchQueries {
  constructor(private readonly pool: Pool) {}

  /** Newest first, released ones too. */
  async all(): Promise<Engagement[]> {
    const found = await this.pool.query<EngagementRow>(`${selection} order by e.engaged_at desc, e.id`);
    return found.rows.map(fromRow);
  }

  async engaged(): Promise<Engagement[]> {
    return (await this.all()).filter((engagement) => engagement.status === 'engaged');
  }

  async one(id: string): Promise<Engagement> {
    const found = await this.pool.query<EngagementRow>(`${selection} where e.id = $1`, [id]);
    const [row] = found.rows;
    if (row === undefined) throw new Error(`engagement ${id} is gone`);
    return fromRow(row);
  }
}

function fromRow({ value, revision, ...row }: EngagementRow): Engagement {
  const told: unknown = value === null ? null : JSON.parse(value);
  const isReleased = typeof told === 'object' && told !== null && 'status' in told && told.status === 'released';
  return { ...row, status: isReleased ? 'released' : 'engaged', revision: Number(revision ?? 0) };
}
