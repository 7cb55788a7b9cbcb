// How much of the quotas of the invented grants is used.
const hour = 3_600_000;

export function makeQuotaQueries(world) {
  const usageOf = ({ id, toolId, toolClass, obligations, obligationTexts }) =>
    obligations.flatMap((quota, place) =>
      quota.kind === 'quota' ? windowsOf(world, { id, what: toolId ?? toolClass }, quota, obligationTexts[place]) : [],
    );
  return {
    quotaUsage: ({ grant }) => usageOf(world.grants.find(({ id }) => id === grant)),
    agentQuotaUsage: ({ agent }) => world.grants.flatMap(usageOf).filter((one) => one.agent === agent),
  };
}

function windowsOf({ quotaWindows }, { id: grant, what }, { calls }, text) {
  const now = Date.now();
  const from = Math.floor(now / hour) * hour;
  return Array.from({ length: quotaWindows }, (_, n) => ({
    ...{ grant, what, text, obligation: 0, user: null, conversation: null },
    agent: n === 0 ? 'cs-prod' : `agent-${n}`,
    ...{ from, until: from + hour, limit: calls, used: Math.max(0, calls - n) },
    shares: [
      { guard: 'guard-1', server: 'support-desk', used: Math.max(0, calls - n), held: 0, reportedAt: now - 3_000 },
      { guard: 'guard-gone', server: null, used: 0, held: 1, reportedAt: null },
    ],
  }));
}
