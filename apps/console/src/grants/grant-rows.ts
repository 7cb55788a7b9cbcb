import type { GrantCellFragment } from '../gql/graphql.js';

/** One role on one tool or tool class, and what it is granted in each environment. */
export interface GrantRow {
  readonly id: string;
  readonly role: string;
  readonly what: string;
  readonly isClass: boolean;
  readonly byEnvironment: ReadonlyMap<string, readonly GrantCellFragment[]>;
}

/** Rows of the matrix in a stable order: by role, then by tool. Revoked grants give nothing and are left out. */
export function grantRows(grants: readonly GrantCellFragment[]): GrantRow[] {
  const rows = new Map<
    string,
    { role: string; what: string; isClass: boolean; cells: Map<string, GrantCellFragment[]> }
  >();
  for (const grant of grants) {
    if (grant.revokedAt !== null) continue;
    const isClass = grant.toolId === null;
    const what = grant.toolId ?? grant.toolClass ?? '';
    const id = `${grant.role} ${isClass ? 'class' : 'tool'} ${what}`;
    const row = rows.get(id) ?? { role: grant.role, what, isClass, cells: new Map<string, GrantCellFragment[]>() };
    row.cells.set(grant.environment, [...(row.cells.get(grant.environment) ?? []), grant]);
    rows.set(id, row);
  }
  return [...rows]
    .map(([id, { cells, ...row }]) => ({ id, ...row, byEnvironment: cells }))
    .sort((a, b) => a.role.localeCompare(b.role) || a.what.localeCompare(b.what));
}
