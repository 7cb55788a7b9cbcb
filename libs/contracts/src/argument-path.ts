import { z } from 'zod';

const name = '[A-Za-z_$][A-Za-z0-9_$-]*';
const pattern = new RegExp(`^${name}(\\.(${name}|0|[1-9]\\d{0,5}|\\*))*$`);
const longest = 256;
const deepest = 16;
const mostWildcards = 2;

const advice =
  'write the names joined by dots, such as amount, customer.id, items.0.price, or items.*.price for every item';

/**
 * A path into the arguments: property names and list indexes joined by dots, such as `amount` or `items.0.price`; `*` is every
 * item of a list, such as `items.*.price`. At most 256 characters, 16 steps and 2 times `*`, and it begins with a name.
 */
export const argumentPathSchema = z
  .string()
  .max(longest, `use at most ${longest} characters`)
  .regex(pattern, advice)
  .refine((path) => path.split('.').length <= deepest, `use at most ${deepest} steps`)
  .refine((path) => path.split('.').filter((step) => step === '*').length <= mostWildcards, 'use * at most twice');

/** A path within one item of a list: as `argumentPathSchema`, or `.` for the item itself. */
export const itemPathSchema = z.string().superRefine((path, context) => {
  const [issue] = path === '.' ? [] : (argumentPathSchema.safeParse(path).error?.issues ?? []);
  if (issue) context.addIssue({ code: 'custom', message: `${issue.message}; or . for the item itself` });
});
