import type { GrantCellFragment } from '../gql/graphql.js';

/** What one role is granted on one tool or class, by environment. */
export function byEnvironment(grants: readonly GrantCellFragment[]): ReadonlyMap<string, readonly GrantCellFragment[]> {
  const cells = new Map<string, GrantCellFragment[]>();
  for (const grant of grants) {
    const cell = cells.get(grant.environment);
    if (cell) cell.push(grant);
    else cells.set(grant.environment, [grant]);
  }
  return cells;
}
