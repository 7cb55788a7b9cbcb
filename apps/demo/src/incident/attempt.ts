import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { decisionMetaKey, reasonCodes } from '@portcullis/contracts';
import { z } from 'zod';

/** One call the agent tried, as `--json` prints it. `revision` is what the refusal cited; an allowed call cites none. */
export interface Attempt {
  readonly n: number;
  readonly tool: string;
  readonly amount: number;
  readonly outcome: 'allow' | 'deny' | 'hold' | 'aborted' | 'error';
  readonly reason: string | null;
  readonly revision: number | null;
  readonly ms: number;
}

export type Verdict = Pick<Attempt, 'outcome' | 'reason' | 'revision'>;

const metaSchema = z.object({
  outcome: z.enum(['deny', 'hold', 'aborted']),
  reason: z.enum(reasonCodes),
  revision: z.number(),
});

/** What the guard's or the server's answer says. An error without a decision is the server's own, or a tool nobody knows. */
export function verdictOf(result: CallToolResult): Verdict {
  const meta = metaSchema.safeParse(result._meta?.[decisionMetaKey]);
  if (meta.success) return meta.data;
  if (result.isError !== true) return { outcome: 'allow', reason: null, revision: null };
  const isUnknown = /\bnot found\b/.test(textOf(result));
  return { outcome: isUnknown ? 'deny' : 'error', reason: isUnknown ? 'tool_unknown' : 'tool_error', revision: null };
}

export function textOf({ content }: CallToolResult): string {
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
