// What was granted for single conversations of the invented world.
import { refusal } from './fixture-refusal.mjs';

const minute = 60_000;

export function makeWidenings(now, conversation, count) {
  const made = (n, given) => ({
    ...{ id: `gw-${n}`, conversation, role: 'support', toolId: 'support-desk/issue_refund', task: 'execute' },
    ...{ constraintTexts: ['amount at most 900'], obligationTexts: [], reason: `Ticket ${n}` },
    ...{ createdBy: 'ana@example.com', createdAt: now - n * 50 * minute, notAfter: now - n * 20 * minute },
    ...{ revokedAt: null },
    ...given,
  });
  return [
    made(1, { reason: 'The customer waits \u202eon the line', notAfter: now + 25 * minute }),
    made(2, { revokedAt: now - 60 * minute, notAfter: now - 10 * minute }),
    made(3, { obligationTexts: ['approval of finance'] }),
    ...Array.from({ length: Math.max(0, count - 3) }, (_, n) => made(n + 4, {})),
  ].slice(0, count);
}

const isActive = ({ revokedAt, notAfter }) => revokedAt === null && notAfter > Date.now();

export function makeWideningQueries(world) {
  const rowOf = (widening) => {
    const { agent } = world.conversations.find(({ id }) => id === widening.conversation);
    return { widening, agent, environment: 'prod' };
  };
  return {
    conversation: ({ id }) => world.conversations.find((one) => one.id === id) ?? null,
    widenings: ({ agent, filter, first, skip }) => {
      const all = world.widenings.map(rowOf).filter((row) => !agent || row.agent === agent);
      const words = ({ agent: of, widening: { toolId, role, reason, createdBy } }) =>
        [of, toolId, role, reason, createdBy].join(' ').toLowerCase();
      const matching = all.filter((row) => words(row).includes(filter.trim().toLowerCase()));
      const rows = matching.toSorted((a, b) => isActive(b.widening) - isActive(a.widening)).slice(skip, skip + first);
      const active = all.filter(({ widening }) => isActive(widening)).length;
      return { total: all.length, active, matching: matching.length, rows };
    },
  };
}

export function makeWideningMutations({ world }, { change }) {
  return {
    widenConversation: ({ input: { minutes, constraints, obligations, ...input } }) => {
      if (input.reason === 'refused')
        throw refusal('input_invalid', 'task: no token for it covers that', {
          fields: [{ path: 'task', message: 'the conversation was opened for lookup, so no token for it covers that' }],
        });
      const now = Date.now();
      const widening = {
        ...{ ...input, role: input.role ?? 'support', id: `gw-${world.revision}`, constraints, obligations },
        ...{
          constraintTexts: constraints.map(({ kind }) => kind),
          obligationTexts: obligations.map(({ kind }) => kind),
        },
        ...{ createdBy: 'ana@example.com', createdAt: now, notAfter: now + minutes * minute, revokedAt: null },
      };
      world.widenings.unshift(widening);
      return { widening, revision: change() };
    },
  };
}
