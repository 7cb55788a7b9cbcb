import type { CallCheck, Denial, GrantCheck } from '../check.js';
import { notGranted } from '../checks/is-granted.js';
import { decide, namedCallChecks, namedGrantChecks, namedLastChecks, namedLateChecks } from '../decide.js';
import { heldBy } from '../held.js';
import { grantsFor } from '../grants-for.js';
import type { CompiledGrant, KnownTool, State } from '../state.js';
import type { Call, Decision } from '../types.js';
import { questions, type CallCheckName, type CheckName, type GrantCheckName } from './questions.js';

/** How a check went in one decision: it let the call pass, it denied it, or an earlier one had denied already. */
export type CheckOutcome = 'passed' | 'denied' | 'not-reached';

/** The grants a check was asked about: the rules of those that passed, and what it said about each that did not. */
export interface GrantsAsked {
  readonly left: readonly string[];
  readonly dropped: readonly Denial[];
}

/** One check as it went. `denial` only where it denied the call; `grants` only where it was reached and is about grants. */
export interface ExplainedCheck {
  readonly name: CheckName;
  /** Its place in the order of protocol G3. */
  readonly step: number;
  readonly question: string;
  readonly outcome: CheckOutcome;
  readonly denial: Denial | undefined;
  readonly grants: GrantsAsked | undefined;
}

/** A decision and how it came about: every check there is, in the order in which they are asked. */
export interface Explanation {
  readonly decision: Decision;
  readonly checks: readonly ExplainedCheck[];
  /** What is done about the call that is allowed, as authored in the grant that gives it: without approvals, which it does not need. */
  readonly obligations: readonly unknown[];
}

type Entries<Name, Check> = readonly (readonly [Name, Check])[];
const callEntries = Object.entries(namedCallChecks) as unknown as Entries<CallCheckName, CallCheck>;
const grantEntries = Object.entries(namedGrantChecks) as unknown as Entries<GrantCheckName, GrantCheck>;
const lateEntries = Object.entries(namedLateChecks) as unknown as Entries<CallCheckName, CallCheck>;
const lastEntries = Object.entries(namedLastChecks) as unknown as Entries<GrantCheckName, GrantCheck>;

/**
 * Explains what `decide` says, out of the very checks it asks; the decision in the answer is its own. Pure, never throws. For
 * administrators only: it names rules and limits.
 */
export function explain(state: State, call: Call): Explanation {
  const decision = decide(state, call);
  return { decision, checks: explainChecks(state, call), obligations: promisedBy(state, decision) };
}

function promisedBy({ grants }: State, { outcome, rule }: Decision): readonly unknown[] {
  if (outcome !== 'allow' || !rule?.startsWith(grantRule)) return [];
  const promised = grants.get(rule.slice(grantRule.length))?.promised ?? [];
  return (promised as readonly { readonly kind?: unknown }[]).filter(({ kind }) => kind !== 'approval');
}

const grantRule = 'grant:';

/** Every check as it goes for this call. */
export function explainChecks(state: State, call: Call): readonly ExplainedCheck[] {
  const held = heldBy(state, call);
  const tool = state.tools.get(call.tool);
  const checks: ExplainedCheck[] = [];
  let isOver = false;
  const add = (name: CheckName, denial: Denial | undefined, grants?: GrantsAsked) => {
    const outcome = isOver ? 'not-reached' : denial ? 'denied' : 'passed';
    checks.push({ name, step: questions[name].step, question: questions[name].text, outcome, denial, grants });
    isOver ||= denial !== undefined;
  };
  const addCalls = (entries: typeof callEntries) => {
    for (const [name, check] of entries) add(name, isOver ? undefined : check(state, call, held, tool));
  };
  addCalls(callEntries);

  let left = isOver ? [] : grantsFor(state, call);
  add(
    'is-granted',
    isOver || (tool && left.length > 0) ? undefined : notGranted(call),
    isOver ? undefined : asked(left),
  );
  const addGrants = (entries: typeof grantEntries) => {
    for (const [name, check] of entries) {
      if (isOver || !tool) {
        add(name, undefined);
        continue;
      }
      const { passing, dropped, denial } = ask(check, left, call, tool, state);
      add(name, denial, asked(passing, dropped));
      left = passing;
    }
  };
  addGrants(grantEntries);
  addCalls(lateEntries);
  addGrants(lastEntries);
  return checks;
}

function asked(left: readonly CompiledGrant[], dropped: readonly Denial[] = []): GrantsAsked {
  return { left: left.map(({ rule }) => rule), dropped };
}

/** As in the walk: the check denies when none is left, with what it says about the first it was asked about. */
function ask(check: GrantCheck, grants: readonly CompiledGrant[], call: Call, tool: KnownTool, state: State) {
  const passing = grants.filter((grant) => check.passes(grant, call, tool, state));
  const dropped = grants
    .filter((grant) => !passing.includes(grant))
    .map((grant) => check.denial(grant, call, tool, state));
  return { passing, dropped, denial: passing.length === 0 ? dropped[0] : undefined };
}
