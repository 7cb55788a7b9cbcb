import { refusal } from './fixture-refusal.mjs';

/** Answers about policies with the form of the real ones; the only problem it knows is a parameter called `amont`. */
export function makePolicyQueries(world) {
  const one = (id) => world.policies.find((policy) => policy.id === id) ?? null;
  const needsReview = ({ environment }) =>
    environment === null ? world.policyReviews.length > 0 : world.policyReviews.includes(environment);
  const shown = (policy) => ({ ...policy, needsReview: needsReview(policy) });
  return {
    policies: () => world.policies.map(shown),
    policy: ({ id }) => (one(id) ? shown(one(id)) : null),
    policyReviews: () => world.policyReviews,
    checkPolicy: ({ input }) => check(input),
    policyDiff: ({ id, from, to }) => {
      const text = (number) => one(id).versions.find((version) => version.number === number).text;
      return [
        { kind: 'removed', before: 1, after: null, text: text(from) },
        { kind: 'added', before: null, after: 1, text: text(to) },
      ];
    },
  };
}

function check({ text, tests }) {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes('amont'));
  if (line < 0)
    return {
      problems: [],
      results: tests.map(({ name, want }) => ({ name, want, got: 'deny', passed: want === 'deny', detail: null })),
      tools: [],
    };
  const column = lines[line].indexOf('amont') + 1;
  const place = { line: line + 1, column, endLine: line + 1, endColumn: column + 5 };
  return {
    problems: [{ ...place, message: 'there is no parameter amont', suggestion: 'amount' }],
    results: [],
    tools: [],
  };
}

export function makePolicyMutations(state, revisions) {
  return { ...versionMutations(state, revisions), ...reviewMutations(state) };
}

function reviewMutations({ world }) {
  return {
    reviewPolicy: ({ input: { id, version } }) => {
      const policy = world.policies.find((one) => one.id === id);
      const found = policy.versions.find(({ number }) => number === version);
      if (found.author === world.person.email) throw refusal('review_needed', 'somebody else has to review it');
      Object.assign(found, { reviewedBy: world.person.email, reviewedAt: Date.now() });
      return { policy, revision: world.revision };
    },
    setPolicyReview: ({ input: { environment, required } }) => {
      const others = world.policyReviews.filter((held) => held !== environment);
      world.policyReviews = required ? [...others, environment] : others;
      return { revision: world.revision };
    },
  };
}

function versionMutations({ world }, { change }) {
  const one = (id) => world.policies.find((policy) => policy.id === id);
  const inForce = (policy, number) => {
    const version = policy.versions.find((other) => other.number === number);
    const problem = check(version).problems[0];
    if (problem) throw refusal('policy_refused', `line ${problem.line}: ${problem.message}`);
    const revision = change();
    Object.assign(version, { publishedBy: 'ana@example.com', publishedAt: Date.now(), revision });
    policy.liveVersion = number;
    return { policy, revision };
  };
  const add = (policy, parts) => {
    const number = policy.versions.length + 1;
    policy.versions.unshift({ ...bareVersion, createdAt: Date.now(), ...parts, number });
    policy.newestVersion = number;
    return number;
  };
  return {
    savePolicyDraft: ({ input: { id, name, environment, text, tests, basedOn } }) => {
      const held = one(id);
      if (held && held.newestVersion !== basedOn) throw refusal('conflict', `version ${held.newestVersion} is newer`);
      const policy = held ?? { ...barePolicy, id, name, environment: environment ?? null, versions: [] };
      if (!held) world.policies.push(policy);
      add(policy, { name, text, tests });
      return { policy, revision: world.revision };
    },
    publishPolicy: ({ input: { id, version } }) => inForce(one(id), version),
    revertPolicy: ({ input: { id, version } }) => {
      const policy = one(id);
      const { name, text, tests } = policy.versions.find((other) => other.number === version);
      return inForce(policy, add(policy, { name, text, tests, reverts: version }));
    },
    retirePolicy: ({ id }) => {
      const policy = Object.assign(one(id), { retiredAt: Date.now(), liveVersion: null });
      return { policy, revision: change() };
    },
  };
}

const barePolicy = { liveVersion: null, newestVersion: 0, needsReview: false, retiredAt: null };
const bareVersion = {
  author: 'ana@example.com',
  reverts: null,
  reviewedBy: null,
  reviewedAt: null,
  publishedBy: null,
  publishedAt: null,
  revision: null,
};
