import { z } from 'zod';
import type { PostAnswer } from './post.js';

const problemSchema = z.object({
  code: z.string(),
  details: z
    .object({ expected: z.int().min(1) })
    .partial()
    .optional(),
});

/** The code of a problem document (RFC 9457); `undefined` when the answer is none. */
export function problemCodeOf(answer: PostAnswer): string | undefined {
  return answer.status < 400 ? undefined : problemSchema.safeParse(answer.body).data?.code;
}

/** The batch number the control plane expects next, from a `batch_gap` refusal. */
export function expectedBatchOf(answer: PostAnswer): number | undefined {
  return problemSchema.safeParse(answer.body).data?.details?.expected;
}
