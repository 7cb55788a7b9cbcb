import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Refusal } from '../platform/refusal.js';
import type { Environment } from './environment.model.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly until: Date | null;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly reason: string;
}

const select = `select e.id, e.name, o.observe_until as until, o.started_at as "startedAt", o.started_by as "startedBy", o.reason
  from environment e left join observation o on o.environment_id = e.id and o.ended_at is null and o.observe_until > now()`;

@Injectable()
export class EnvironmentsQueries {
  constructor(private readonly pool: Pool) {}

  async all(): Promise<Environment[]> {
    const found = await this.pool.query<Row>(`${select} order by e.created_at, e.id`);
    return found.rows.map(model);
  }

  async one(id: string): Promise<Environment> {
    const found = await this.pool.query<Row>(`${select} where e.id = $1`, [id]);
    const row = found.rows[0];
    if (row === undefined) throw new Refusal('not_found', `there is no environment ${id}`, { environment: id });
    return model(row);
  }
}

function model({ id, name, until, startedAt, startedBy, reason }: Row): Environment {
  const observation = until === null ? null : { until, startedAt, startedBy, reason };
  return { id, name, mode: observation ? 'observe' : 'enforce', observation };
}
