import type { Task } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import { constraintText } from '../grants/constraint-text.js';
import { obligationText } from '../grants/obligation-text.js';
import type { z } from 'zod';
import type { Widening, WideningPage, wideningPageSchema } from './widening.model.js';

interface Row {
  readonly id: string;
  readonly conversation_id: string;
  readonly role_id: string;
  readonly tool_id: string;
  readonly task: Task;
  readonly constraints: unknown[];
  readonly obligations: unknown[];
  readonly reason: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly not_after: Date;
  readonly revoked_at: Date | null;
}

function modelOf(row: Row): Widening {
  return {
    id: row.id,
    conversation: row.conversation_id,
    role: row.role_id,
    toolId: row.tool_id,
    task: row.task,
    constraintTexts: row.constraints.map(constraintText),
    obligationTexts: row.obligations.map(obligationText),
    reason: row.reason,
    createdBy: row.created_by,
    createdAt: row.created_at,
    notAfter: row.not_after,
    revokedAt: row.revoked_at,
  };
}

const all = 'from grants g join conversation c on c.id = g.conversation_id where ($1::text is null or c.agent_id = $1)';
const isActive = 'g.revoked_at is null and g.not_after > now()';
const isWanted = `concat_ws(' ', c.agent_id, g.conversation_id, g.role_id, g.tool_id, g.environment_id, g.reason, g.created_by) ilike $2`;

@Injectable()
export class WideningsQueries {
  constructor(private readonly pool: Pool) {}

  /** By conversation, newest first. */
  async of(conversations: readonly string[]): Promise<ReadonlyMap<string, Widening[]>> {
    const found = await this.pool.query<Row>(
      'select * from grants where conversation_id = any($1::uuid[]) order by created_at desc, id',
      [conversations],
    );
    return groupBy(found.rows.map(modelOf), ({ conversation }) => conversation);
  }

  /** Active ones first, each kind newest first. */
  async page({ agent, filter, first, skip }: z.infer<typeof wideningPageSchema>): Promise<WideningPage> {
    const words = `%${filter.trim().replace(/[\\%_]/g, String.raw`\$&`)}%`;
    const counted = await this.pool.query<Record<'total' | 'active' | 'matching', number>>(
      `select count(*)::int as total, (count(*) filter (where ${isActive}))::int as active,
         (count(*) filter (where ${isWanted}))::int as matching ${all}`,
      [agent, words],
    );
    const found = await this.pool.query<Row & { agent: string; environment_id: string }>(
      `select g.*, c.agent_id as agent ${all} and ${isWanted}
       order by ${isActive} desc, g.created_at desc, g.id limit $3 offset $4`,
      [agent, words, first, skip],
    );
    return {
      ...(counted.rows[0] ?? { total: 0, active: 0, matching: 0 }),
      rows: found.rows.map((row) => ({ widening: modelOf(row), agent: row.agent, environment: row.environment_id })),
    };
  }

  async existing(id: string): Promise<Widening> {
    const found = await this.pool.query<Row>('select * from grants where id = $1', [id]);
    const [row] = found.rows;
    if (row === undefined) throw new Error(`grant ${id} is gone`);
    return modelOf(row);
  }
}
