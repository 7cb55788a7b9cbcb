import { applyChanges, emptyState, whoCan, type Change, type State } from '@portcullis/policy';
import { asSent } from './as-sent.js';
import type { Probe } from './figures.js';
import { processorUs } from './processor-time.js';

const grants = 10_000;
const server = 'desk';
const environment = 'prod';
const question = { tool: 'tool-0', path: 'amount', over: 100.005, now: 1_500 };

/** Which agents can refund over 100? Milliseconds over 10,000 grants that lie on so many tools. */
export function whoCanProbe(tools: number): Probe {
  const state = worldOf(tools);
  checkAnswer(state, grants / tools);
  return () => ({ ours: processorUs(() => void whoCan(state, question)) / 1000 });
}

/** Every second role may give 100.01, the others no more than 99. */
function checkAnswer(state: State, roles: number): void {
  const found = whoCan(state, question).length;
  if (found !== roles / 2) throw new Error(`${found} of ${roles} roles can, wanted half`);
}

function worldOf(tools: number): State {
  const one = (kind: string, id: string, value: unknown): Change => ({ kind, id, revision: 1, value });
  const registered = Array.from({ length: tools }, (_, tool) =>
    one('tool', `${server}/tool-${tool}`, { server, name: `tool-${tool}`, classes: ['payments'] }),
  );
  const held = Array.from({ length: grants / tools }, (_, role) => {
    const agent = `agent-${role}`;
    const limit = { kind: 'max', path: 'amount', value: role % 2 === 0 ? 100.01 : role % 100 };
    return [
      one('agent-status', agent, { status: 'active' }),
      one('credential', `key-${role}`, { agent, status: 'active', expiresAt: null }),
      one('assignment', `held-${role}`, { agent, role: `role-${role}`, environment }),
      ...registered.map(({ id }) =>
        one('grant', `g-${role}-${id}`, {
          ...{ role: `role-${role}`, environment, tool: { id }, task: 'lookup', constraints: [limit] },
          ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
        }),
      ),
    ];
  });
  const place = one('server', server, { name: 'Desk', environment, resource: 'http://desk' });
  const changes = [place, ...registered, ...held.flat()].map(asSent);
  return applyChanges(emptyState(server), changes, 1, { snapshot: true });
}
