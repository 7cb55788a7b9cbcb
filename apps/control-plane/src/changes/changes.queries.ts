import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { changeText } from './change-text.js';
import type { ObjectChange } from './object-change.model.js';

interface Row {
  readonly revision: string;
  readonly at: Date;
  readonly kind: string;
  readonly object: string;
  readonly value: string | null;
}

/** Every object that is about the agent, those that have left included. */
const objects = `
  select unnest(array['agent', 'agent-status', 'cut-off']) as kind, $1::text as id
  union all select 'credential', id from credential where agent_id = $1
  union all select 'assignment', id from assignment where agent_id = $1
  union all select 'conversation', id::text from conversation where agent_id = $1
  union all select 'kill-switch', id::text from engagement where scope = 'agent' and target = $1`;

@Injectable()
export class ChangesQueries {
  constructor(private readonly pool: Pool) {}

  /** Newest first, below revision `before` when there is one. */
  async ofAgent(agent: string, before: number | null, first: number): Promise<ObjectChange[]> {
    const { rows } = await this.pool.query<Row>(
      `with about as (${objects})
       select h.revision, h.committed_at as at, h.kind, h.object_id as object, h.value
       from about a join change_history h on h.kind = a.kind and h.object_id = a.id
       where $2::bigint is null or h.revision < $2 order by h.revision desc, h.ordinal limit $3`,
      [agent, before, first],
    );
    return rows.map(({ revision, at, kind, object, value: text }) => {
      const value = text === null ? null : (JSON.parse(text) as unknown);
      return { revision: Number(revision), at, kind, object, text: changeText(kind, object, value), value };
    });
  }
}
