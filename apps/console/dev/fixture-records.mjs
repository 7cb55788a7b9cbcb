import { refusal } from './fixture-refusal.mjs';

const nothing = { auditLevel: null, withheld: null, labels: null };

/** What a decision tells of its result: tickets are written by strangers, and what support reads of them is recorded in full. */
export function keptOf(tool, result) {
  if (result !== 'ok') return nothing;
  if (tool === 'list_tickets') return { ...nothing, auditLevel: 'digest' };
  if (tool !== 'read_ticket') return nothing;
  return {
    auditLevel: 'full',
    withheld: 'one part of the content could not be filtered',
    labels: { trust: 'untrusted', secrecy: 'internal' },
  };
}

const asked = '{"ticket":"T-1003","fields":["subject","body"]}';
const left = JSON.stringify({
  structuredContent: {
    id: 'T-1003',
    subject: 'Refund \u202eplease\u200b <b>now</b>',
    body: 'The kettle is broken. '.repeat(1_200),
  },
  content: [],
});

export function makeRecordMutations({ world }) {
  const readings = [];
  return {
    openFullRecord: ({ position }) => {
      const decision = world.decisions.find((one) => one.position === position);
      if (decision?.auditLevel !== 'full') throw refusal('not_found', 'it has no full record');
      readings.unshift({ person: world.person.id, name: world.person.name, isByToken: false, at: Date.now() });
      return {
        revision: world.revision,
        record: {
          decision: decision.id,
          arguments: { bytes: asked.length, hash: 'b5Cq0vXyVh0', text: asked, isAsReported: true },
          result: { bytes: new TextEncoder().encode(left).length, hash: 'Zk3lqF1sT0w', text: left, isAsReported: true },
          readings: structuredClone(readings),
        },
      };
    },
  };
}
