import type { CompiledGrant } from '../state.js';
import { isSatisfiable } from '../unlock/is-satisfiable.js';
import { largestOver, numericRange } from './numeric-range.js';
import type { WhoCanQuestion, WhoCanRow } from './who-can-row.js';
import { limitsWithoutApproval, mayAsk, quotaLimits } from './without-approval.js';

/** How somebody can make the call that is asked about. */
export type Way = Omit<WhoCanRow, 'agent' | 'role'>;

interface Candidate extends Way {
  readonly reach: number;
}

/** How far limits let one go, and what else they ask; `undefined`: not over what was asked. */
type Reach = { readonly reach: number; readonly conditions: readonly unknown[] } | undefined;

/** By the compiled constraints, which grants with the same limits share. */
export type Reaches = Map<CompiledGrant['constraints'], Reach>;

/**
 * The widest way without asking anybody; and the widest on which a person has to approve, where that goes further or asks less of
 * the arguments.
 */
export function waysOf(grants: readonly CompiledGrant[], question: WhoCanQuestion, reaches: Reaches): readonly Way[] {
  let allowed: Candidate | undefined;
  let held: Candidate | undefined;
  for (const grant of grants) {
    allowed = wider(allowed, candidate('allow', grant, limitsWithoutApproval(grant), question, reaches));
    if (mayAsk(grant)) held = wider(held, candidate('hold', grant, grant.authored, question, reaches));
  }
  if (!allowed) return held ? [held] : [];
  return held && isMore(held, allowed) ? [allowed, held] : [allowed];
}

function candidate(
  outcome: Way['outcome'],
  grant: CompiledGrant,
  limits: readonly unknown[] | undefined,
  question: WhoCanQuestion,
  reaches: Reaches,
): Candidate | undefined {
  if (limits === undefined) return undefined;
  const { rule, task, promised, constraints } = grant;
  const far =
    promised.length > 0
      ? reachOf(grant, limits, question)
      : remembered(reaches, constraints, () => reachOf(grant, limits, question));
  if (!far) return undefined;
  const { reach, conditions } = far;
  const upTo = Number.isFinite(reach) ? reach : null;
  return { outcome, rule, task, upTo, conditions, obligations: promised, reach };
}

function remembered(reaches: Reaches, constraints: CompiledGrant['constraints'], find: () => Reach): Reach {
  if (reaches.has(constraints)) return reaches.get(constraints);
  const found = find();
  reaches.set(constraints, found);
  return found;
}

function reachOf(grant: CompiledGrant, limits: readonly unknown[], { path, over }: WhoCanQuestion): Reach {
  const quotas = quotaLimits(grant, path);
  const all = quotas.length === 0 ? limits : [...limits, ...quotas];
  const range = numericRange(all, path);
  const reach = largestOver(range, over ?? -Infinity);
  return reach === undefined || !isSatisfiable(all) ? undefined : { reach, conditions: range.others };
}

const isMore = (one: Candidate, than: Candidate): boolean =>
  one.reach > than.reach || one.conditions.length < than.conditions.length;

/** The one with fewer conditions, and of two with as many the one that goes further. */
function wider(best: Candidate | undefined, one: Candidate | undefined): Candidate | undefined {
  if (!best || !one) return best ?? one;
  const fewer = one.conditions.length - best.conditions.length;
  return fewer < 0 || (fewer === 0 && one.reach > best.reach) ? one : best;
}
