import { applyChanges, emptyState, type State } from '../index.js';
import { numbered, slice, type Unnumbered } from '../random-world.fixture.js';

/** In neither order, so that what comes out in order was put in order. */
export const agents = ['bee', 'ant', 'cat'] as const;
export const roles = ['r2', 'r1', 'r3'] as const;
export const tools = ['pay', 'list', 'read'] as const;

export const grant = (id: string, role: string, tool: string, more: object = {}): Unnumbered => ({
  kind: 'grant',
  id,
  value: {
    ...{
      role,
      environment: 'prod',
      tool: { id: `${slice}/${tool}` },
      task: 'lookup',
      constraints: [],
      obligations: [],
    },
    ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
    ...more,
  },
});
export const assigned = (agent: string, role: string, environment = 'prod'): Unnumbered => ({
  ...{ kind: 'assignment', id: `${agent}-${role}-${environment}` },
  value: { agent, role, environment },
});

const everything: readonly Unnumbered[] = [
  { kind: 'server', id: slice, value: { name: 'Desk', environment: 'prod', resource: 'http://desk' } },
  ...tools.map((name) => ({
    kind: 'tool',
    id: `${slice}/${name}`,
    value: { server: slice, name, classes: name === 'pay' ? ['payments'] : [] },
  })),
  ...agents.flatMap((id) => [
    { kind: 'agent-status', id, value: { status: 'active' } },
    { kind: 'credential', id: `key-${id}`, value: { agent: id, status: 'active', expiresAt: null } },
    ...roles.map((role) => assigned(id, role)),
  ]),
];

/** Every agent holds every role, and nothing is granted but what is said. */
export function world(...more: readonly Unnumbered[]): State {
  return applyChanges(emptyState(slice), numbered([...everything, ...more], 1), 1, { snapshot: true });
}

/** The same with changes made to it later. */
export function later(state: State, ...changes: readonly Unnumbered[]): State {
  return applyChanges(state, numbered(changes, state.revision + 1), state.revision + 1);
}
