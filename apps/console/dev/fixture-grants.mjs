import { refusal } from './fixture-refusal.mjs';

/** Answers about grants with the form of the real ones; words and differences are invented. */
export function makeGrantQueries(world) {
  return {
    grants: () => world.grants,
    grant: ({ id }) => world.grants.find((grant) => grant.id === id) ?? null,
    grantMatrix: ({ filter, first, skip }) => {
      const rows = rowsOf(world.grants.filter(({ revokedAt }) => revokedAt === null));
      const matching = rows.filter(({ role, what }) => `${role} ${what}`.includes(filter.trim().toLowerCase()));
      return { total: rows.length, matching: matching.length, rows: matching.slice(skip, skip + first) };
    },
    grantUses: ({ ids }) => ids.flatMap((id) => useOf(world, id) ?? []),
    grantTexts: ({ constraints, obligations }) => ({
      constraints: constraints.map(said),
      obligations: obligations.map(said),
    }),
    grantPreview: ({ input }) => preview(world, refuseBad(input), 'newly-allowed', true),
    revocationPreview: ({ id }) =>
      preview(
        world,
        world.grants.find((grant) => grant.id === id),
        'newly-denied',
        false,
      ),
    whoCan: ({ input }) => whoCan(world, input),
  };
}

const day = 86_400_000;

/** Refunds are paid every day; nobody has read a ticket by its grant for long; other grants are as their number says. */
function useOf(world, id) {
  const now = Date.now();
  const used = { grant: id, since: now - 90 * day, isUnused: false, unusedForDays: 0, narrowing: null };
  if (id === 'g-refund') return { ...used, lastUsedAt: now - 4 * 60_000 };
  if (id === 'g-read') return { ...used, lastUsedAt: now - 41 * day, isUnused: true, unusedForDays: 41 };
  const grant = world.grants.find((one) => one.id === id);
  if (grant.toolClass === null) return { ...used, since: now, lastUsedAt: null };
  const usedTools = ['support-desk/list_tickets', 'support-desk/export_\u202e0'];
  const narrowing = { task: 'execute', usedTools, usedCount: 22, unusedCount: 5 };
  return { ...used, lastUsedAt: now - day, narrowing };
}

export function makeGrantMutations({ world }, { change }) {
  return {
    createGrant: ({ input }) => {
      refuseBad(input);
      const texts = (parts) => parts.map((part) => said(part).text);
      const limits = { constraintTexts: texts(input.constraints), obligationTexts: texts(input.obligations) };
      const grant = { revokedAt: null, ...input, ...limits, id: `g-${world.revision}` };
      world.grants.push(grant);
      return { grant, revision: change() };
    },
    revokeGrant: ({ id }) => {
      [...world.grants, ...world.widenings].find((grant) => grant.id === id).revokedAt = Date.now();
      return { revision: change() };
    },
  };
}

function rowsOf(grants) {
  const rows = new Map();
  for (const grant of grants) {
    const what = grant.toolId ?? grant.toolClass;
    const key = `${grant.role} ${what} ${grant.toolId === null}`;
    const row = rows.get(key) ?? { role: grant.role, what, isClass: grant.toolId === null, grants: [] };
    row.grants.push(grant);
    rows.set(key, row);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const words = {
  max: ({ path, value }) => `${path} at most ${value}`,
  min: ({ path, value }) => `${path} at least ${value}`,
  quota: ({ calls, window, per }) => `at most ${calls} calls a ${window} per ${per}`,
  approval: ({ group, unless = [] }) =>
    `approval of ${group}${unless.length > 0 ? ` unless ${unless.map((one) => said(one).text).join(' and ')}` : ''}`,
};
const wanted = { max: 'value', min: 'value', quota: 'calls', approval: 'group', size: 'maxBytes' };

function said(part) {
  const field = wanted[part.kind];
  if (field !== undefined && (part[field] ?? '') === '')
    return { text: null, problems: [{ path: field, message: field === 'group' ? 'name a group' : 'write a number' }] };
  return { text: words[part.kind]?.(part) ?? `${part.path ?? ''} ${part.kind}`.trim(), problems: [] };
}

function refuseBad(input) {
  const fields = ['constraints', 'obligations'].flatMap((list) =>
    input[list].flatMap((part, index) =>
      said(part).problems.map(({ path, message }) => ({ path: `${list}.${index}.${path}`, message })),
    ),
  );
  if (input.notAfter !== null && input.notBefore !== null && input.notAfter <= input.notBefore)
    fields.push({ path: 'notAfter', message: 'must be later than notBefore' });
  const [first] = fields;
  if (first) throw refusal('input_invalid', `${first.path}: ${first.message}`, { fields });
  return input;
}

function preview(world, { role, environment, toolId, toolClass, task }, change, widens) {
  const holders = world.agents.filter(({ assignments }) =>
    assignments.some((held) => held.role === role && held.environment === environment),
  );
  const side = (outcome) => ({ outcome, reason: null, grants: [] });
  const differences = holders.map(({ id }) => ({
    ...{ change, agent: id, tool: toolId ?? `support-desk/${toolClass}`, role, tasks: [task] },
    before: side(widens ? 'deny' : 'allow'),
    after: side(widens ? 'allow' : 'deny'),
  }));
  const standing = { revision: world.revision, at: Date.now(), environment, widens };
  return { ...standing, holders: holders.length, total: differences.length, differences: differences.slice(0, 200) };
}

function whoCan(world, { tool, environment, over }) {
  if (!world.servers.some((server) => server.tools.some(({ id, name }) => tool === id || tool === name)))
    throw refusal('not_found', `there is no tool ${tool} in ${environment}`);
  const row = { agent: 'cs-prod', tool: 'support-desk/issue_refund', role: 'support', task: 'execute' };
  const allowed = { outcome: 'allow', rule: 'grant:g-refund', upTo: 100.01, conditions: [], obligations: [] };
  const held = { ...allowed, outcome: 'hold', upTo: null, conditions: ['currency exactly "EUR"'] };
  const answers = [allowed, { ...held, obligations: ['approval of finance unless amount at most 100.01'] }];
  const agents = answers.filter(({ upTo }) => upTo === null || upTo > (over ?? 0)).map((one) => ({ ...row, ...one }));
  return { revision: world.revision, at: Date.now(), agents };
}
