import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { decisionRows } from './decision-rows.js';
import type { Decision } from './decision.model.js';

export interface DecisionFilter {
  readonly agent?: string | null | undefined;
  readonly server?: string | null | undefined;
}

@Injectable()
export class DecisionsQueries {
  constructor(private readonly pool: Pool) {}

  /** Newest first. */
  recent(filter: DecisionFilter, first: number, before: number | null = null): Promise<Decision[]> {
    const condition =
      '($1::text is null or agent = $1) and ($2::text is null or server_id = $2) and ($3::bigint is null or position < $3)';
    return decisionRows(this.pool, condition, [filter.agent ?? null, filter.server ?? null, before], first);
  }
}
