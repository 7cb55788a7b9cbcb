import type { Obligation } from '@portcullis/contracts';
import { listingChecks } from './decide.js';
import { grantsFor } from './grants-for.js';
import type { Listing } from './is-listed.js';
import type { State } from './state.js';

const filtering: ReadonlySet<Obligation['kind']> = new Set(['fields', 'items', 'redact']);

/**
 * Whether a grant by which the caller sees the tool takes something out of its results. What the server announces about the
 * structure of a result need not hold for this caller then.
 */
export function isFiltered(state: State, asked: Listing): boolean {
  const call = { ...asked, arguments: undefined };
  const tool = state.tools.get(asked.tool);
  if (!tool) return false;
  return grantsFor(state, call).some(
    (grant) =>
      grant.obligations.toFulfil.some(({ kind }) => filtering.has(kind)) &&
      listingChecks.every((check) => check.passes(grant, call, tool, state)),
  );
}
