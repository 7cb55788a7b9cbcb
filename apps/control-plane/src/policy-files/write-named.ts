import type { EditTransaction } from './edit-transaction.js';
import type { EditOf } from './policy-edits.input.js';

/** What an environment or a role is called decides nothing, so guards are not told. */
export async function writeNamed(
  { client }: EditTransaction,
  { kind, id, value }: EditOf<'environment'> | EditOf<'role'>,
): Promise<void> {
  await client.query(
    `insert into ${kind} (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name`,
    [id, value.name],
  );
}
