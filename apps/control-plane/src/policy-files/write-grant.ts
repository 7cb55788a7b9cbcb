import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import { grantModel, grantValue } from '../grants/grant.projection.js';
import { insertGrant, requireParts, updateGrant } from '../grants/grant-rows.js';
import { Refusal } from '../platform/refusal.js';
import type { EditTransaction } from './edit-transaction.js';
import type { EditOf } from './policy-edits.input.js';

/** A grant keeps its name when it is changed: guards get the whole new value in one revision. A revoked one never lives again. */
export async function writeGrant({ client, append, by }: EditTransaction, edit: EditOf<'grant'>): Promise<void> {
  const { id, value } = edit;
  const held = await heldGrant(client, id);
  if (held?.revokedAt) throw new Refusal('already_revoked', `${id} was revoked; use another id`, { grant: id });
  if (value === null) {
    if (held === undefined) throw new Refusal('not_found', `there is no grant ${id}`, { grant: id });
    await client.query('update grants set revoked_at = now() where id = $1', [id]);
    append('grant', id, null);
    return;
  }
  if (held && isDeepStrictEqual(stored(held.value), stored(grantValue(value)))) return;
  await requireParts(client, value);
  if (held) await updateGrant(client, id, value);
  else await insertGrant(client, id, value, by);
  append('grant', id, grantValue(value));
}

/** As JSON keeps it: what is absent and what is undefined are one. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

interface Held {
  readonly revokedAt: Date | null;
  readonly value: ReturnType<typeof grantValue>;
}

async function heldGrant(client: ClientBase, id: string): Promise<Held | undefined> {
  const found = await client.query<Parameters<typeof grantModel>[0]>(
    `select id, role_id as "roleId", environment_id as "environmentId", tool_id as "toolId", tool_class as "toolClass", task,
       constraints, obligations, not_before as "notBefore", not_after as "notAfter", stale_seconds as "staleSeconds",
       revoked_at as "revokedAt" from grants where id = $1`,
    [id],
  );
  const row = found.rows[0];
  if (row === undefined) return undefined;
  const { roleId: role, environmentId: environment, revokedAt, notBefore, notAfter, ...rest } = row;
  const constraints = rest.constraints as Parameters<typeof grantValue>[0]['constraints'];
  const obligations = rest.obligations as Parameters<typeof grantValue>[0]['obligations'];
  const [from, to] = [notBefore?.getTime() ?? null, notAfter?.getTime() ?? null];
  return {
    revokedAt,
    value: grantValue({ ...rest, role, environment, constraints, obligations, notBefore: from, notAfter: to }),
  };
}
