import { z } from 'zod';
import { Refusal } from '../platform/refusal.js';

/** Reads an input by its schema; every field that does not fit is named in the refusal's details. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const first = fields[0];
  throw new Refusal('input_invalid', first ? `${first.path}: ${first.message}` : 'the input does not fit', { fields });
}
