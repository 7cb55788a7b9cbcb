import {
  calmSignals,
  toolId,
  type AccessTokenClaims,
  type FeedValue,
  type PolicyTest,
  type PolicyWant,
} from '@portcullis/contracts';
import { applyChanges } from '../apply.js';
import { whatForbids } from '../checks/is-not-forbidden.js';
import { whatHolds } from '../checks/is-not-held.js';
import type { CedarEngine } from '../engines.js';
import { emptyState, type State } from '../state.js';
import type { Call } from '../types.js';
import type { PolicyCatalogue } from './policy-catalogue.js';

/** How a test went. `got` is `error` where the policy failed on the call: it would deny, but that is nothing to want. */
export interface PolicyTestResult {
  readonly name: string;
  readonly want: PolicyWant;
  readonly got: PolicyWant | 'error';
  readonly passed: boolean;
  readonly detail: string | null;
}

const conversation = 'conversation of the test';
const thursdayNoon = 1_767_268_800_000;

/** Asks the policy, alone and by the checks a guard asks, about the call of each test. Never throws. */
export function tryPolicy(
  policy: FeedValue<'policy'>,
  tests: readonly PolicyTest[],
  catalogue: PolicyCatalogue,
  engine: CedarEngine,
  instant: (text: string) => number,
): readonly PolicyTestResult[] {
  return tests.map(({ name, call, want }) => {
    const tool = catalogue.tools.find(({ id }) => id === call.tool);
    if (!tool) return { name, want, got: 'error', passed: false, detail: `there is no tool ${call.tool}` };
    const state = stateFor(policy, call, tool, engine);
    const asked = callFor(call, tool, instant);
    const denial = whatForbids(state, asked) ?? whatHolds(state, asked);
    const isError = denial?.reason === 'policy_error' || denial?.reason === 'guard_outdated';
    const got = isError ? 'error' : denial ? (denial.outcome ?? 'deny') : 'pass';
    return { name, want, got, passed: got === want, detail: denial?.detail ?? null };
  });
}

type TestCall = PolicyTest['call'];
type Tool = PolicyCatalogue['tools'][number];

function stateFor(
  policy: FeedValue<'policy'>,
  { agent, role, conversation: attributes, user }: TestCall,
  tool: Tool,
  cedar: CedarEngine,
): State {
  const { server, environment, classes } = tool;
  const name = tool.id.slice(toolId(server, '').length);
  const record = {
    ...{ agent, user, tasks: [], digests: [], status: 'open', expiresAt: Number.MAX_SAFE_INTEGER },
    ...{ credential: null, environment, attributes: attributes ?? {} },
  };
  return applyChanges(
    emptyState(server),
    [
      { kind: 'server', id: server, revision: 1, value: { name: server, environment, resource: '' } },
      { kind: 'tool', id: tool.id, revision: 1, value: { server, name, classes } },
      { kind: 'assignment', id: 'role', revision: 1, value: { agent, role, environment } },
      { kind: 'policy', id: 'draft', revision: 1, value: policy },
      { kind: 'conversation', id: conversation, revision: 1, value: record },
    ],
    1,
    { engines: { cedar } },
  );
}

function callFor(test: TestCall, { server, environment, id }: Tool, instant: (text: string) => number): Call {
  const { agent, role, task, user } = test;
  const claims: Partial<AccessTokenClaims> = {
    ...{ agent, sub: agent, client_id: agent, role, task, environment, instance: `${agent}-1` },
    ...(user === null ? {} : { user }),
    ...(test.conversation === null ? {} : { conversation }),
  };
  return {
    claims: claims as AccessTokenClaims,
    server,
    tool: id.slice(toolId(server, '').length),
    arguments: test.arguments,
    posture: 'fresh',
    staleSeconds: 0,
    now: test.time === null ? thursdayNoon : instant(test.time),
    signals: { ...calmSignals, provenance: [], ...test.signals },
  };
}
