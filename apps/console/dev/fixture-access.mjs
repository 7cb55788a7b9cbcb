import { refusal } from './fixture-refusal.mjs';

const tasks = ['lookup', 'update', 'execute'];
const checks = [
  ['is-severed', 1, 'Is the guard in touch with the control plane?'],
  ['is-stopped', 2, 'Is no kill switch engaged over this call?'],
  ['is-agent-active', 3, 'Are the agent, and those it came by, known and active?'],
  ['is-tool-known', 4, 'Is the tool registered at this server?'],
  ['is-assigned', 5, 'Does the agent hold the role in this environment now?'],
  ['is-granted', 5, 'Does any grant name the tool for the role here?'],
  ['is-task-covered', 5, 'Does the token’s task cover what the grant asks for?'],
  ['is-within-constraints', 6, 'Do the arguments keep within the grant’s constraints?'],
];

/** Answers with the form of the real ones; the deciding is invented. */
export function makeAccess(world) {
  const standing = () => ({ revision: world.revision, at: Date.now() });
  return {
    effectiveAccess: ({ agent }) => ({ agent, ...standing(), rows: rowsOf(world, agent) }),
    explainCall: ({ input }) => explain(world, input, standing()),
  };
}

function rowsOf(world, id) {
  const agent = world.agents.find((one) => one.id === id);
  const places = world.servers.flatMap((server) => [server, { ...server, id: 'support-lab', environment: 'staging' }]);
  return places.flatMap((server) => {
    const roles = agent.assignments.filter(({ environment }) => environment === server.environment);
    return server.tools.flatMap((tool) => {
      const place = { server: server.id, environment: server.environment, classes: tool.classes };
      const here = { ...place, tool: `${server.id}/${tool.name}`, name: tool.name };
      if (roles.length === 0 || id === 'research') return [{ ...here, ...noRole(id, server.environment) }];
      const isObserved = world.environments.find((one) => one.id === server.environment).observation !== null;
      const said = (task) => seen(isObserved, here, { observed: null, ...told(agent, here, task) });
      return roles.flatMap(({ role }) => tasks.map((task) => ({ ...here, role, task, ...said(task) })));
    });
  });
}

/** What is denied by rules runs where it is observed, unless the tool is destructive. */
function seen(isObserved, { classes, environment }, answer) {
  const { outcome, reason, rule, detail } = answer;
  if (!isObserved || reason !== 'no_grant' || classes.length === 0) return answer;
  const allowed = { outcome: 'allow', reason: null, rule: `environment:${environment}`, detail: null };
  return { ...answer, ...allowed, observed: { outcome, reason, rule, detail } };
}

function noRole(agent, environment) {
  const detail = `${agent} holds no role in ${environment}`;
  return {
    role: null,
    task: null,
    outcome: 'deny',
    reason: 'no_assignment',
    rule: null,
    detail,
    grants: [],
    observed: null,
  };
}

function told(agent, { name, environment }, task) {
  const denied = (reason, rule, detail) => ({ outcome: 'deny', reason, rule, detail, grants: [] });
  if (agent.status !== 'active')
    return denied('agent_suspended', `agent-status:${agent.id}`, `the agent is ${agent.status}`);
  if (environment === 'prod' && name === 'close_ticket') return held('grant:g-close');
  if (environment !== 'prod') return denied('no_grant', null, `no grant gives ${name}`);
  if (name !== 'issue_refund') return allowed('grant:g-read', []);
  if (task !== 'execute')
    return denied('no_grant', 'grant:g-refund', `the grant asks for execute and the token is for ${task}`);
  return allowed('grant:g-refund', ['amount at most 100'], ['at most 3 calls an hour per agent']);
}

function allowed(rule, conditions, obligations = []) {
  const given = { rule, conditions, obligations, approval: 'never' };
  return { outcome: 'allow', reason: null, rule, detail: null, grants: [given] };
}

function held(rule) {
  const given = { rule, conditions: [], obligations: ['approval of finance'], approval: 'always' };
  const detail = 'a person has to approve every call';
  return { outcome: 'hold', reason: 'approval_required', rule, detail, grants: [given] };
}

function explain(world, { agent, server, tool, task, role, arguments: given, user }, standing) {
  if (tool === 'unclear')
    throw refusal('input_invalid', 'role: name one', { fields: [{ path: 'role', message: 'name one' }] });
  const retired = world.agents.find(({ id }) => id === agent)?.status === 'retired';
  const isOver = given?.amount > 100;
  const at = retired ? 2 : isOver ? 7 : checks.length;
  const denial = retired
    ? { reason: 'agent_suspended', rule: `agent-status:${agent}`, detail: 'the agent is retired' }
    : { reason: 'constraint', rule: 'grant:g-refund', detail: `amount ${given?.amount} is more than 100` };
  const isDenied = at < checks.length;
  const isObserved = server === 'support-lab' && world.environments.some(({ observation }) => observation !== null);
  const observed = isDenied && !retired && isObserved ? { outcome: 'deny', ...denial } : null;
  const changes = isDenied && !retired ? [change('change-arguments', 'Change the arguments: amount at most 100')] : [];
  return {
    observed,
    ...(isDenied && !observed
      ? { outcome: 'deny', ...denial }
      : { outcome: 'allow', reason: null, rule: observed ? 'environment:staging' : 'grant:g-refund', detail: null }),
    ...standing,
    ...{
      environment: server === 'support-lab' ? 'staging' : 'prod',
      role: role ?? 'support',
      task,
      user: user ?? null,
      obligations: isDenied ? [] : ['at most 3 calls an hour per agent'],
    },
    credential: `${agent}-c1`,
    checks: checks.map((check, n) => checkOf(check, n, at, denial)),
    unlock: {
      isPossible: !retired,
      why: retired ? `Agent ${agent} is retired, which is one way: create another agent in its place.` : null,
      changes,
    },
  };
}

function change(kind, text) {
  return { kind, text, people: 1, values: {}, mustSatisfy: [] };
}

function checkOf([name, step, question], n, at, denial) {
  const isAboutGrants = step >= 5 && name !== 'is-assigned' && n <= at;
  const left = n === at ? [] : ['grant:g-refund'];
  return {
    ...{ name, step, question, outcome: n < at ? 'passed' : n === at ? 'denied' : 'not-reached' },
    denial: n === at ? denial : null,
    grants: isAboutGrants ? { left, dropped: n === at ? [denial] : [] } : null,
  };
}
