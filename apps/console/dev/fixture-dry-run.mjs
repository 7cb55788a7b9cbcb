const hourMs = 3_600_000;

/** What a change would do to the calls of a window: a policy denies, a grant allows. */
export function makeDryRun(world) {
  return {
    dryRun: ({ input }) => {
      const change = input.policy ? 'newly-denied' : 'newly-allowed';
      const [denied, allowed] = [
        { outcome: 'deny', reason: 'policy', rule: 'policy:quiet-hours', detail: 'policy quiet-hours forbids it' },
        { outcome: 'allow', reason: null, rule: 'grant:draft-0', detail: null },
      ];
      const sides = input.policy ? { before: allowed, after: denied } : { before: denied, after: allowed };
      const call = { decision: 'd-1', at: Date.now() - 60_000, ...sides };
      return {
        ...{ revision: world.revision, from: Date.now() - input.hours * hourMs, until: Date.now() },
        ...{ decisions: 60, replayed: 48, ended: 2, notRecorded: 10 },
        ...{ newlyAllowed: input.policy ? 0 : 37, newlyHeld: 0, newlyDenied: input.policy ? 37 : 0 },
        sentence: input.policy
          ? 'Of 48 recorded calls: 0 newly allowed, 37 newly denied, 0 newly held.'
          : 'Of 48 recorded calls: 37 newly allowed, 0 newly denied, 0 newly held.',
        groups: [
          { change, agent: 'cs-prod', tool: 'support-desk/refund', environment: 'prod', count: 37, calls: [call] },
        ],
        cannotKnow: ['calls that were never made, because they would have been denied or the tool was not shown'],
      };
    },
  };
}
