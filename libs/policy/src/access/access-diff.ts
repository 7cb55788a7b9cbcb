import { liveCredentialOf } from '../live-credential-of.js';
import { rolesHeldBy } from '../roles-held.js';
import type { Task } from '@portcullis/contracts';
import { asEnforced } from '../observed.js';
import type { State } from '../state.js';
import { accessTo, type AccessRow, type GrantGiven } from './effective-access.js';
import { orderedText } from './ordered-text.js';
import { placesThatDiffer, type Place } from './places-that-differ.js';

/** What became of an access: it is given now and was not, a person has to approve it now, it is no longer given, or it is given under other conditions. */
export type AccessChange = 'newly-allowed' | 'newly-held' | 'newly-denied' | 'changed';

/** An access as it is in one of the two states. */
export type AccessSide = Pick<AccessRow, 'outcome' | 'reason' | 'rule' | 'detail' | 'grants'>;

/** What differs for one agent, tool and role, for the tasks for which it differs in the same way. */
export interface AccessDifference {
  readonly change: AccessChange;
  readonly agent: string;
  /** The tool's id, `server/name`. */
  readonly tool: string;
  readonly classes: readonly string[];
  readonly role: string;
  readonly tasks: readonly Task[];
  /** `null` where the tool, or the role of the agent, is not there. */
  readonly before: AccessSide | null;
  readonly after: AccessSide | null;
}

const order: readonly AccessChange[] = ['newly-allowed', 'newly-held', 'newly-denied', 'changed'];

/**
 * What every agent may do at this server in one state and not in the other, by the checks of `effectiveAccess`: newly allowed
 * first, then newly held, newly denied and under other conditions; within these by agent, tool and role. A grant that is replaced by
 * another that gives the same is no difference. Both are compared as they are enforced, also in an environment that is
 * observed. `now` is control time in milliseconds. Pure, never throws; where only grants differ its cost grows with what they
 * name and who holds their roles, not with everything there is.
 */
export function accessDiff(before: State, after: State, now: number): readonly AccessDifference[] {
  const [was, is] = [asEnforced(before), asEnforced(after)];
  const differences = placesThatDiffer(was, is).flatMap((place) => {
    const { agent, tool, role } = place;
    const rowsOf = (state: State) => {
      if (!isThere(state, place)) return [];
      return accessTo(state, { agent, tool, role, now, credential: liveCredentialOf(state, agent, now)?.id ?? '' });
    };
    return compared(place, rowsOf(was), rowsOf(is));
  });
  return differences.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change) || byPlace(a, b));
}

const byPlace = (a: AccessDifference, b: AccessDifference): number =>
  compare(a.agent, b.agent) || compare(a.tool, b.tool) || compare(a.role, b.role);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isThere(state: State, { agent, tool, role }: Place): boolean {
  return state.tools.has(tool) && rolesHeldBy(state, agent).includes(role);
}

/** One difference for the tasks that differ alike. */
function compared(
  { agent, role }: Place,
  before: readonly AccessRow[],
  after: readonly AccessRow[],
): readonly AccessDifference[] {
  const alike = new Map<string, AccessDifference>();
  for (const [index, row] of (after.length > 0 ? after : before).entries()) {
    const [was, is] = [before[index], after[index]];
    const change = changeOf(was, is);
    if (change === undefined || row.task === null) continue;
    const key = JSON.stringify([change, contentOf(was), contentOf(is)]);
    const { tool, classes } = row;
    const tasks = [...(alike.get(key)?.tasks ?? []), row.task];
    alike.set(key, { change, agent, tool, classes, role, tasks, before: sideOf(was), after: sideOf(is) });
  }
  return [...alike.values()];
}

function changeOf(was: AccessRow | undefined, is: AccessRow | undefined): AccessChange | undefined {
  const [before, after] = [was?.outcome ?? 'deny', is?.outcome ?? 'deny'];
  if (before !== after) return becomes[after];
  return after !== 'deny' && givenBy(was) !== givenBy(is) ? 'changed' : undefined;
}

const becomes = { allow: 'newly-allowed', hold: 'newly-held', deny: 'newly-denied' } as const;

/** What the grants give, whichever they are and in whatever order they are asked. */
function givenBy(row: AccessRow | undefined): string {
  const texts = (row?.grants ?? []).map(({ rule: _rule, ...gives }: GrantGiven) => orderedText(gives));
  return JSON.stringify([...new Set(texts)].sort());
}

const contentOf = (row: AccessRow | undefined): unknown =>
  row === undefined ? null : [row.outcome, row.reason, row.outcome === 'deny' ? row.rule : givenBy(row)];

function sideOf(row: AccessRow | undefined): AccessSide | null {
  if (row === undefined) return null;
  const { outcome, reason, rule, detail, grants } = row;
  return { outcome, reason, rule, detail, grants };
}
