import { callFor, loadCases, worldChanges } from '@portcullis/testkit';
import { expect, test } from 'vitest';
import { applyChanges, decide, emptyState, isListed, type Call, type Change } from './index.js';

const refund = loadCases().find(({ file }) => file === 'constraints/within.yaml');
if (!refund) throw new Error('the case of a refund within the limit is missing');
const world = worldChanges(refund);
const good = callFor(refund);

interface Fault {
  readonly reason: string;
  readonly change?: Omit<Change, 'revision'>;
  readonly call?: (call: Call) => Call;
}

const valueOf = (kind: string, id: string): object => {
  const value = world.find((change) => change.kind === kind && change.id === id)?.value;
  if (typeof value !== 'object' || value === null) throw new Error(`the world has no ${kind} ${id}`);
  return value;
};
const edited = (kind: string, id: string, edit: object): Fault['change'] => ({
  kind,
  id,
  value: { ...valueOf(kind, id), ...edit },
});

/** What can be wrong with one call, in the order in which it must be said. */
const faults: readonly Fault[] = [
  { reason: 'posture_severed', call: (call) => ({ ...call, posture: 'severed' }) },
  {
    reason: 'kill_switch',
    change: {
      kind: 'kill-switch',
      id: 'k',
      value: { scope: 'agent', target: 'cs-prod', status: 'engaged', engagedAt: 0 },
    },
  },
  { reason: 'agent_suspended', change: edited('agent-status', 'cs-prod', { status: 'suspended' }) },
  { reason: 'credential_revoked', change: edited('credential', 'cs-prod-secret', { status: 'revoked' }) },
  { reason: 'token_expired', call: (call) => ({ ...call, claims: { ...call.claims, exp: 0 } }) },
  { reason: 'tool_unknown', call: (call) => ({ ...call, tool: 'nothing' }) },
  { reason: 'definition_changed', change: edited('tool', 'support-desk/refund', { definitions: [] }) },
  { reason: 'no_assignment', change: { kind: 'assignment', id: 'cs-prod-support', value: null } },
  { reason: 'no_grant', call: (call) => ({ ...call, claims: { ...call.claims, task: 'lookup' } }) },
  { reason: 'grant_window', change: edited('grant', 'support-refund', { notAfter: 1 }) },
  { reason: 'posture_stale', call: (call) => ({ ...call, posture: 'stale', staleSeconds: 1 }) },
  { reason: 'constraint', call: (call) => ({ ...call, arguments: { amount: 1_000 } }) },
];

/** The good call with all of these wrong; of two faults in one place the earlier one is seen. */
function wrong(present: readonly Fault[]) {
  const changes = present.flatMap(({ change }) => (change ? [{ ...change, revision: 101 }] : []));
  const state = applyChanges(applyChanges(emptyState('support-desk'), world, 100, { snapshot: true }), changes, 101);
  return { state, call: present.toReversed().reduce((call, fault) => fault.call?.(call) ?? call, good) };
}

test('P-G3 of everything that is wrong with a call, what stands first in the list is said', () => {
  const said = faults.map((_fault, n) => {
    const { state, call } = wrong(faults.slice(n));
    return decide(state, call).reason;
  });

  expect(said).toEqual(faults.map(({ reason }) => reason));
  expect(decide(wrong([]).state, good)).toMatchObject({ outcome: 'allow', reason: null });
});

test('P-G4 every reason up to the grant and its allowance hides the tool, a constraint does not', () => {
  const listed = faults.filter((fault) => {
    const { state, call } = wrong([fault]);
    return isListed(state, call);
  });

  expect(listed.map(({ reason }) => reason)).toEqual(['constraint']);
});

test('P-E7 a tool without a class counts as destructive, for grants, stops and staleness', () => {
  const grant = { ...valueOf('grant', 'support-refund'), constraints: [], staleSeconds: 60 };
  const given = (classes: readonly string[], toolClass: string, ...more: readonly Change[]) =>
    applyChanges(
      wrong([]).state,
      [
        {
          kind: 'tool',
          id: 'support-desk/refund',
          revision: 101,
          value: { server: 'support-desk', name: 'refund', classes },
        },
        { kind: 'grant', id: 'support-refund', revision: 101, value: { ...grant, tool: { class: toolClass } } },
        ...more,
      ],
      101,
    );
  const stop: Change = {
    kind: 'kill-switch',
    id: 'k',
    revision: 101,
    value: { scope: 'tool-class', target: 'destructive', status: 'engaged', engagedAt: 0 },
  };

  expect(decide(given([], 'destructive'), good).outcome).toBe('allow');
  expect(decide(given([], 'read'), good).reason).toBe('no_grant');
  expect(decide(given([], 'destructive', stop), good).reason).toBe('kill_switch');
  expect(decide(given([], 'destructive'), { ...good, posture: 'stale', staleSeconds: 1 }).reason).toBe('posture_stale');
  expect(decide(given(['read'], 'read', stop), { ...good, posture: 'stale', staleSeconds: 1 }).outcome).toBe('allow');
});
