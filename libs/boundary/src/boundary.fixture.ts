import type { ItemConstraint, Obligation } from '@portcullis/contracts';
import { fulfil, type Fulfilled } from './index.js';

/** A check of items that knows `equal` and `one-of` on a member of the item, which is all these specs need. */
export function keeps(limits: readonly ItemConstraint[], item: unknown): boolean {
  return limits.every((limit) => {
    const value = typeof item === 'object' && item !== null ? Object.entries(item) : [];
    const found = value.find(([name]) => name === limit.path)?.[1] as string;
    if (limit.kind === 'equal') return found === limit.value;
    return limit.kind === 'one-of' && limit.values.includes(found);
  });
}

/** An answer after its obligations were fulfilled. */
export function done(answer: unknown, ...obligations: readonly Obligation[]): Fulfilled {
  return fulfil(answer, obligations, { keeps });
}

/** An answer as the MCP SDKs tell servers to give it: the data, and the same as text. */
export function withCopy(structuredContent: Record<string, unknown>) {
  return { structuredContent, content: [{ type: 'text', text: JSON.stringify(structuredContent) }] };
}
