import type { Task } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { groupBy } from '../database/group-by.js';
import { constraintText } from '../grants/constraint-text.js';
import { obligationText } from '../grants/obligation-text.js';
import type { Widening } from './widening.model.js';

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

  async existing(id: string): Promise<Widening> {
    const found = await this.pool.query<Row>('select * from grants where id = $1', [id]);
    const [row] = found.rows;
    if (row === undefined) throw new Error(`grant ${id} is gone`);
    return modelOf(row);
  }
}
