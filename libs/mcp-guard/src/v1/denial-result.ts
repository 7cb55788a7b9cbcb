import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { decisionMetaKey, type DecisionMeta } from '@portcullis/contracts';

const openings = {
  deny: 'Refused by Portcullis',
  hold: 'Held by Portcullis for a person to approve',
  aborted: 'Stopped by Portcullis while it ran; no result was released',
} as const satisfies Record<DecisionMeta['outcome'], string>;

/** A denial as the model and its host read it: the reason class, never the rule or its limits (protocol G6). */
export function denialResult(meta: DecisionMeta): CallToolResult {
  const text = `${openings[meta.outcome]}: ${meta.reason}. Do not retry. Decision ${meta.decision}, revision ${meta.revision}.`;
  const { outcome, reason, decision, revision } = meta;
  return {
    isError: true,
    content: [{ type: 'text', text }],
    _meta: { [decisionMetaKey]: { outcome, reason, decision, revision } },
  };
}
