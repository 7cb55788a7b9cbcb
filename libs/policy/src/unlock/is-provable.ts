import type { State } from '../state.js';
import type { Call } from '../types.js';

interface Read {
  readonly kind?: unknown;
  readonly request?: unknown;
  readonly directories?: unknown;
  readonly each?: unknown;
}

/**
 * Whether some value could satisfy what constraints, as they were authored, ask about provenance: for each, something was asked
 * for in this conversation or stands in one of the directories.
 */
export function isProvable(constraints: readonly unknown[], state: State, call: Call): boolean {
  return (constraints as readonly Read[]).every(({ kind, request, directories, each }) => {
    if (kind === 'items') return !Array.isArray(each) || isProvable(each, state, call);
    if (kind !== 'provenance') return true;
    return (
      (request === true && isAnythingAsked(state, call)) || (Array.isArray(directories) && directories.some(isFilled))
    );
  });

  function isFilled(id: unknown): boolean {
    return typeof id === 'string' && (state.directories.get(id)?.entries.size ?? 0) > 0;
  }
}

function isAnythingAsked({ conversations }: State, { claims }: Call): boolean {
  const record = claims.conversation === undefined ? undefined : conversations.get(claims.conversation);
  return record !== undefined && record.requested.size > 0;
}
