import type { IdentityForm } from '@portcullis/contracts';
import type { ClientBase } from 'pg';
import { lockRows } from '../change-log/lock-rows.js';
import { Refusal } from '../platform/refusal.js';
import type { DirectoryRow } from './directory.projection.js';

interface Named {
  readonly id: string;
  readonly as: IdentityForm;
  readonly path: string;
}

/** Every directory that a part of a grant names, however deep, with the field that names it. */
function namedIn(part: unknown, path: string): readonly Named[] {
  if (typeof part !== 'object' || part === null) return [];
  const { kind, as, directories } = part as { kind?: unknown; as?: unknown; directories?: unknown };
  if (kind === 'provenance' && Array.isArray(directories))
    return directories.map((id, at) => ({
      id: String(id),
      as: as as IdentityForm,
      path: `${path}.directories.${at}`,
    }));
  return Object.entries(part).flatMap(([name, inner]) => namedIn(inner, `${path}.${name}`));
}

function whyNot({ id, as }: Named, row: DirectoryRow | undefined, environment: string): string | undefined {
  if (row === undefined) return `there is no directory ${id}`;
  if (row.retired_at !== null) return `directory ${id} is retired`;
  if (row.environment_id !== environment) return `directory ${id} is not in ${environment}`;
  return row.holds === as
    ? undefined
    : `directory ${id} holds values of form ${row.holds}, so nothing read as ${as} is in it`;
}

/** Locks the directories that a grant names: one that is retired meanwhile waits for the grant, or the grant is refused. */
export async function requireDirectories(
  client: ClientBase,
  environment: string,
  parts: { readonly constraints: unknown; readonly obligations: unknown },
): Promise<void> {
  const named = [...namedIn(parts.constraints, 'constraints'), ...namedIn(parts.obligations, 'obligations')];
  if (named.length === 0) return;
  const rows = await lockRows<DirectoryRow>(
    client,
    'directory',
    named.map(({ id }) => id),
  );
  const fields = named.flatMap((one) => {
    const message = whyNot(one, rows.get(one.id), environment);
    return message === undefined ? [] : [{ path: one.path, message }];
  });
  const [first] = fields;
  if (first) throw new Refusal('input_invalid', `${first.path}: ${first.message}`, { fields });
}
