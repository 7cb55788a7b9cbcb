import type { ClientBase } from 'pg';
import { lockRows } from '../change-log/lock-rows.js';
import { Refusal } from '../platform/refusal.js';
import { isRetired, noEnvironment } from './policies.refusals.js';
import type { PolicyRow } from './policy-rows.js';

interface PolicyPlace {
  readonly id: string;
  readonly environment: string | null;
}

/** Locks the policy, or makes it. Refuses one that is retired, and one that holds elsewhere: that is fixed once it exists. */
export async function openPolicy(
  client: ClientBase,
  place: PolicyPlace,
  by: string,
): Promise<{ readonly policy: PolicyRow; readonly isNew: boolean }> {
  const { id, environment } = place;
  const held = (await lockRows<PolicyRow>(client, 'policy', [id])).get(id);
  if (held?.retired_at) throw isRetired(id);
  if (held) requireSamePlace(held, place);
  else await createPolicy(client, place, by);
  const made = { id, environment_id: environment, live_version: null, retired_at: null };
  return { policy: held ?? made, isNew: held === undefined };
}

async function createPolicy(client: ClientBase, { id, environment }: PolicyPlace, by: string): Promise<void> {
  if (environment !== null && !(await lockRows(client, 'environment', [environment])).has(environment))
    throw noEnvironment(environment);
  const made = await client.query(
    'insert into policy (id, environment_id, created_by) values ($1, $2, $3) on conflict (id) do nothing',
    [id, environment, by],
  );
  if (made.rowCount === 0) throw new Refusal('already_exists', `there is already a policy ${id}`, { policy: id });
}

function requireSamePlace({ environment_id: held }: PolicyRow, { environment }: PolicyPlace): void {
  if (held === environment) return;
  const message = `it holds in ${held ?? 'every environment'}: write another policy for elsewhere`;
  throw new Refusal('input_invalid', `environment: ${message}`, { fields: [{ path: 'environment', message }] });
}
