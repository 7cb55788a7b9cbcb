import type { PolicyCatalogue } from '@portcullis/policy';
import type { ClientBase } from 'pg';
import { lockRows } from '../change-log/lock-rows.js';
import { Refusal } from '../platform/refusal.js';
import type { EditTransaction } from './edit-transaction.js';
import type { PolicyEdit } from './policy-edits.input.js';
import { refuseBrokenPolicies } from './refuse-broken-policies.js';
import { writeGrant } from './write-grant.js';
import { writeNamed } from './write-named.js';
import { writePolicy } from './write-policy.js';
import { writeTool } from './write-tool.js';

const order: readonly PolicyEdit['kind'][] = ['environment', 'role', 'tool', 'grant', 'policy'];

/** Writes all of them or refuses, naming the edit by its place. What is as it is to be already is left alone. */
export async function writeEdits(transaction: EditTransaction, edits: readonly PolicyEdit[]): Promise<void> {
  await lockAll(transaction.client, edits);
  const inOrder = [...edits.entries()].sort(([, a], [, b]) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const read = () => transaction.catalogue.read(transaction.client);
  const before = edits.some(({ kind }) => kind === 'tool') ? await read() : undefined;
  let catalogue: Promise<PolicyCatalogue> | undefined;
  // Read when everything that a policy may name is written.
  const planned = () => (catalogue ??= read());
  for (const [place, edit] of inOrder) {
    try {
      if (edit.kind === 'policy') await writePolicy(transaction, edit, await planned());
      else await write(transaction, edit);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.code, error.message, { ...error.details, edit: place });
    }
  }
  if (before) await refuseBrokenPolicies(transaction.client, edits, [before, await planned()]);
}

function write(transaction: EditTransaction, edit: Exclude<PolicyEdit, { kind: 'policy' }>): Promise<void> {
  switch (edit.kind) {
    case 'environment':
    case 'role':
      return writeNamed(transaction, edit);
    case 'tool':
      return writeTool(transaction, edit);
    case 'grant':
      return writeGrant(transaction, edit);
  }
}

/** Everything that is there already, table by table and in the order of ids, before anything is read (P-B1). */
async function lockAll(client: ClientBase, edits: readonly PolicyEdit[]): Promise<void> {
  const grants = edits.flatMap((edit) => (edit.kind === 'grant' && edit.value ? [edit.value] : []));
  const policies = edits.flatMap((edit) => (edit.kind === 'policy' && edit.value ? [edit.value] : []));
  const ids = (kind: PolicyEdit['kind']) => edits.filter((edit) => edit.kind === kind).map(({ id }) => id);
  await lockRows(client, 'role', [...ids('role'), ...grants.map(({ role }) => role)]);
  await lockRows(client, 'environment', [
    ...ids('environment'),
    ...grants.map(({ environment }) => environment),
    ...policies.flatMap(({ environment }) => environment ?? []),
  ]);
  await lockRows(
    client,
    'server',
    ids('tool').map((id) => id.slice(0, id.indexOf('/'))),
  );
  await lockRows(client, 'tool', [...ids('tool'), ...grants.flatMap(({ toolId }) => toolId ?? [])]);
  await lockRows(client, 'grants', ids('grant'));
  await lockRows(client, 'policy', ids('policy'));
}
