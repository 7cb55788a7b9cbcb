import { z } from 'zod';

const grants = z.array(z.object({ conditions: z.array(z.string()), obligations: z.array(z.string()) }));
const side = z.object({ outcome: z.string(), reason: z.string().nullable(), grants }).nullable();
const policy = z.object({
  ...{ id: z.string(), act: z.string(), version: z.int().nullable(), needsReview: z.boolean() },
  ...{ author: z.string().nullable(), name: z.string().nullable(), nameBefore: z.string().nullable() },
  lines: z.array(
    z.object({ kind: z.string(), before: z.int().nullable(), after: z.int().nullable(), text: z.string() }),
  ),
  testChanges: z.array(z.object({ change: z.string(), name: z.string() })),
  results: z.array(z.object({ name: z.string(), want: z.string(), got: z.string(), passed: z.boolean() })),
  tools: z.array(z.string()),
});
/** What becomes of one policy. */
export type PlannedPolicy = z.infer<typeof policy>;

export const planSchema = z.object({
  revision: z.int(),
  counts: z.array(z.object({ change: z.string(), count: z.int() })),
  differences: z.array(
    z.object({
      ...{ change: z.string(), agent: z.string(), tool: z.string(), role: z.string(), tasks: z.array(z.string()) },
      ...{ before: side, after: side },
    }),
  ),
  policies: z.array(policy),
  cannotKnow: z.array(z.string()),
});
/** Who could do what afterwards, and what becomes of policies. */
export type Plan = z.infer<typeof planSchema>;

const sides = 'outcome reason grants { conditions obligations }';
export const planQuery = `query ($input: PolicyEditsInput!) { planPolicy(input: $input) { revision counts { change count } cannotKnow
  differences { change agent tool role tasks before { ${sides} } after { ${sides} } }
  policies { id act version needsReview author name nameBefore tools testChanges { change name } lines { kind before after text } results { name want got passed } } } }`;
