import { toolId } from '@portcullis/contracts';
import type { Decision, ReplayChange, Replayed } from '@portcullis/policy';
import type { DryRunGroup, DryRunSide } from './dry-run.model.js';
import type { PastCall } from './recorded-calls.js';

/** What always comes first is what somebody could do who could not. */
const order: readonly ReplayChange[] = ['newly-allowed', 'newly-held', 'newly-denied'];
const mostShown = 5;

/** The calls that are decided otherwise, by what becomes of them, agent and tool. */
export class DryRunGroups {
  readonly #groups = new Map<string, DryRunGroup>();
  #ended = 0;

  /** In the order of time, the newest first. */
  add(call: PastCall, environment: string, { change, before, after }: Replayed): void {
    if (isOver(before) && isOver(after)) this.#ended += 1;
    if (change === undefined) return;
    const tool = toolId(call.server, call.tool);
    const key = JSON.stringify([change, call.agent, tool]);
    const group = this.#groups.get(key) ?? { change, agent: call.agent, tool, environment, count: 0, calls: [] };
    group.count += 1;
    const { decision, at } = call;
    if (group.calls.length < mostShown) group.calls.push({ decision, at, before: side(before), after: side(after) });
    this.#groups.set(key, group);
  }

  /** Calls of an agent, in a role or in a conversation that is over on both sides. */
  get ended(): number {
    return this.#ended;
  }

  count(change: ReplayChange): number {
    return this.ordered().reduce((sum, group) => (group.change === change ? sum + group.count : sum), 0);
  }

  ordered(): DryRunGroup[] {
    return [...this.#groups.values()].sort(
      (a, b) => order.indexOf(a.change) - order.indexOf(b.change) || b.count - a.count || (a.tool < b.tool ? -1 : 1),
    );
  }
}

const overReasons: ReadonlySet<Decision['reason']> = new Set([
  'agent_suspended',
  'credential_revoked',
  'token_invalid',
  'no_assignment',
]);

function isOver({ reason }: Decision): boolean {
  return overReasons.has(reason);
}

function side({ outcome, reason, rule, detail }: Decision): DryRunSide {
  return { outcome, reason, rule, detail };
}
