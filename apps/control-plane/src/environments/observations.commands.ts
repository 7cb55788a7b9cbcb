import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { lockRows } from '../change-log/lock-rows.js';
import { newId } from '../database/new-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Refusal } from '../platform/refusal.js';
import { longestObservationDays, type observeEnvironmentSchema } from './observe-environment.input.js';

type Observe = z.infer<typeof observeEnvironmentSchema>;

const dayMs = 86_400_000;

@Injectable()
export class ObservationsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** A widening: what no grant gives runs, so it is refused while something stops the environment. */
  observe(by: Viewer, { id, reason, ...when }: Observe): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      await lockEnvironment(client, id);
      const now = await databaseTime(client);
      const until = endOf(when, now);
      await refuseWhileStopped(client, id);
      await refuseWhileObserved(client, id);
      await client.query(
        `insert into observation (id, environment_id, reason, observe_until, started_by, started_at) values ($1, $2, $3, $4, $5, $6)`,
        [newId('ob'), id, reason, new Date(until), by.email, new Date(now)],
      );
      append('environment', id, { mode: 'observe', observeUntil: until });
      return id;
    });
  }

  enforce(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async ({ client, append }) => {
      await lockEnvironment(client, id);
      const ended = await client.query(
        `update observation set ended_at = now(), ended_by = $2 where environment_id = $1 and ended_at is null`,
        [id, by.email],
      );
      if (ended.rowCount === 0)
        throw new Refusal('conflict', `${id} is not observed: it enforces`, { environment: id });
      append('environment', id, null);
      return id;
    });
  }
}

async function lockEnvironment(client: ClientBase, id: string): Promise<void> {
  if ((await lockRows(client, 'environment', [id])).has(id)) return;
  throw new Refusal('not_found', `there is no environment ${id}`, { environment: id });
}

/** The clock that guards go by, too. */
async function databaseTime(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ now: string }>(
    `select floor(extract(epoch from clock_timestamp()) * 1000)::text as now`,
  );
  return Number(rows[0]?.now);
}

function endOf({ until, days }: Pick<Observe, 'until' | 'days'>, now: number): number {
  const end = until ?? now + (days ?? 0) * dayMs;
  const refused = (message: string) =>
    new Refusal('input_invalid', `until: ${message}`, { fields: [{ path: 'until', message }] });
  if (end <= now) throw refused('must lie in the future');
  if (end > now + longestObservationDays * dayMs)
    throw refused(`an observation lasts at most ${longestObservationDays} days; start another one when it is over`);
  return end;
}

async function refuseWhileStopped(client: ClientBase, environment: string): Promise<void> {
  const found = await client.query<{ engagement: string; scope: string }>(
    `select object_id as engagement, value::json ->> 'scope' as scope from change_latest
     where kind = 'kill-switch' and value::json ->> 'status' = 'engaged' and (value::json ->> 'scope' = 'everything'
       or (value::json ->> 'scope' = 'environment' and value::json ->> 'target' = $1)) order by revision limit 1`,
    [environment],
  );
  const stop = found.rows[0];
  if (stop === undefined) return;
  const over = stop.scope === 'everything' ? 'everything' : environment;
  throw new Refusal('conflict', `a kill switch is engaged on ${over}: release it before you let more run there`, {
    environment,
    ...stop,
  });
}

/** One that is over and not swept yet is ended on the way. */
async function refuseWhileObserved(client: ClientBase, environment: string): Promise<void> {
  await client.query(
    `update observation set ended_at = observe_until where environment_id = $1 and ended_at is null and observe_until <= now()`,
    [environment],
  );
  const running = await client.query<{ until: Date }>(
    `select observe_until as until from observation where environment_id = $1 and ended_at is null`,
    [environment],
  );
  const until = running.rows[0]?.until.toISOString();
  if (until === undefined) return;
  throw new Refusal('conflict', `${environment} is observed already, until ${until}; enforce it first`, {
    environment,
    until,
  });
}
