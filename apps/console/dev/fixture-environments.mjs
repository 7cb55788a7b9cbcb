// Environments of the invented world: which are observed, and what was seen there.
import { refusal } from './fixture-refusal.mjs';

const day = 86_400_000;

export function makeEnvironments(observed) {
  const now = Date.now();
  return ['prod', 'staging', 'exploratory'].map((id) => {
    const isObserved = observed && id === 'staging';
    return {
      id,
      name: id,
      mode: isObserved ? 'observe' : 'enforce',
      observation: isObserved ? observation(now - day, now + 6 * day, 'To learn what the new agents need') : null,
    };
  });
}

function observation(startedAt, until, reason) {
  return { startedAt, until, startedBy: 'ana@example.com', reason };
}

const seen = [
  {
    role: 'support',
    toolId: 'support-desk/list_tickets',
    classes: ['read'],
    task: 'lookup',
    calls: 1_240,
    agents: ['cs-prod'],
  },
  {
    role: 'research',
    toolId: 'support-desk/export_\u202e0',
    classes: ['read'],
    task: 'lookup',
    calls: 12,
    agents: ['research'],
  },
];

export function makeEnvironmentQueries(world) {
  const isGranted = ({ role, toolId, task }) =>
    world.grants.some(
      (grant) =>
        grant.role === role && grant.toolId === toolId && grant.task === task && grant.environment === 'staging',
    );
  return {
    grantProposals: ({ environment }) => {
      const { observation: running } = world.environments.find(({ id }) => id === environment);
      if (!running) return { since: null, until: null, wouldDeny: [], proposals: [] };
      const proposals = seen.filter((one) => !isGranted(one));
      return {
        since: running.startedAt,
        until: running.until,
        wouldDeny: [
          { outcome: 'deny', reason: 'no_grant', calls: 1_252 },
          { outcome: 'hold', reason: 'approval_required', calls: 3 },
        ],
        proposals: proposals.map((one) => ({
          ...one,
          agentCount: 1,
          firstAt: running.startedAt,
          lastAt: Date.now() - 60_000,
        })),
      };
    },
  };
}

export function makeEnvironmentMutations({ world }, { change }) {
  const find = (id) => world.environments.find((one) => one.id === id);
  return {
    observeEnvironment: ({ input: { id, days, reason } }) => {
      const environment = find(id);
      if (days > 30) {
        const message = 'use 1 to 30 days';
        throw refusal('input_invalid', `days: ${message}`, { fields: [{ path: 'days', message }] });
      }
      Object.assign(environment, {
        mode: 'observe',
        observation: observation(Date.now(), Date.now() + days * day, reason),
      });
      return { environment, revision: change() };
    },
    enforceEnvironment: ({ id }) => {
      const environment = Object.assign(find(id), { mode: 'enforce', observation: null });
      return { environment, revision: change() };
    },
    createGrant: ({ input }) => {
      const grant = { id: `g-${world.revision}`, ...input, constraintTexts: [], obligationTexts: [], revokedAt: null };
      world.grants.push(grant);
      return { grant, revision: change() };
    },
  };
}
