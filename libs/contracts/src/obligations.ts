import { z } from 'zod';
import { argumentPathSchema } from './argument-path.js';
import { constraintLimits, constraintSchema, itemConstraintSchema } from './constraints.js';
import { slugSchema } from './ids.js';

/** Bounds on what an obligation may hold. `bytes` of UTF-8 in a result, `amount` in the unit of the parameter. */
export const obligationLimits = {
  paths: 100,
  limits: 20,
  patterns: 10,
  bytes: 10_000_000,
  calls: 1_000_000,
  amount: 100_000_000_000,
} as const;

/** Whom a quota counts for. */
export const quotaSubjects = ['agent', 'user', 'conversation'] as const;
/** Over what a quota counts: the calendar minute, hour or day (UTC) of control time. */
export const quotaWindows = ['minute', 'hour', 'day'] as const;
/** One of `quotaSubjects`. */
export type QuotaSubject = (typeof quotaSubjects)[number];
/** One of `quotaWindows`. */
export type QuotaWindow = (typeof quotaWindows)[number];

/** What `redact` knows by name: e-mail addresses, payment card numbers (Luhn), IBANs, US social security numbers, phone numbers, secrets. */
export const redactables = ['email', 'card', 'iban', 'ssn', 'phone', 'secret'] as const;
/** One of `redactables`. */
export type Redactable = (typeof redactables)[number];

/** Whether whoever wrote the data may be believed. */
export const trustLabels = ['trusted', 'untrusted'] as const;
/** Who may read the data, from everybody to nobody outside. */
export const secrecyLabels = ['public', 'internal', 'secret'] as const;

const paths = z.array(argumentPathSchema).min(1, 'name at least one path').max(obligationLimits.paths);
const exactlyOne = (given: readonly unknown[]) => given.filter((value) => value !== undefined).length === 1;
const least = (most: number) =>
  z
    .int({ error: `use a whole number from 1 to ${most}` })
    .min(1)
    .max(most);

const fields = z
  .strictObject({ kind: z.literal('fields'), keep: paths.optional(), drop: paths.optional() })
  .refine(({ keep, drop }) => exactlyOne([keep, drop]), {
    message: 'name what to keep or what to drop',
    path: ['keep'],
  });

const items = z.strictObject({
  kind: z.literal('items'),
  path: argumentPathSchema.refine((path) => !path.includes('*'), 'name one list, without *'),
  where: z.array(itemConstraintSchema).min(1, 'say which items to keep').max(obligationLimits.limits),
});

const redact = z
  .strictObject({
    kind: z.literal('redact'),
    what: z.array(z.enum(redactables)).max(redactables.length).optional(),
    patterns: z.array(z.string().min(1).max(constraintLimits.text)).max(obligationLimits.patterns).optional(),
  })
  .refine(({ what = [], patterns = [] }) => what.length + patterns.length > 0, {
    message: 'say what to redact',
    path: ['what'],
  });

const quota = z
  .strictObject({
    kind: z.literal('quota'),
    per: z.enum(quotaSubjects),
    window: z.enum(quotaWindows),
    calls: least(obligationLimits.calls).optional(),
    amount: z
      .strictObject({
        path: argumentPathSchema.refine((path) => !path.includes('*'), 'name one parameter, without *'),
        max: z
          .number({ error: 'write a number' })
          .min(0.0001, 'write a number above 0, at least 0.0001')
          .max(obligationLimits.amount, `write a number of at most ${obligationLimits.amount}`),
      })
      .optional(),
  })
  .refine(({ calls, amount }) => exactlyOne([calls, amount]), { message: 'limit calls or an amount', path: ['calls'] });

const label = z
  .strictObject({
    kind: z.literal('label'),
    trust: z.enum(trustLabels).optional(),
    secrecy: z.enum(secrecyLabels).optional(),
  })
  .refine(({ trust, secrecy }) => trust !== undefined || secrecy !== undefined, {
    message: 'name a trust, a secrecy or both',
    path: ['trust'],
  });

/**
 * What has to be done about a call that a grant allows: the closed set of kinds. Objects are strict. An unknown `kind`, or one
 * that is not as it must be, voids the grant that carries it (`guard_outdated`), never itself alone (protocol D7).
 *
 * Of the result: paths lead into the structured result, with `*` for every item of a list.
 * - `fields` — only what `keep` names leaves the guard, or everything but what `drop` names.
 * - `items` — of the list at `path` only the items leave that keep every limit of `where`; an item without the field does not.
 * - `redact` — what is recognised, by name or by RE2 `patterns`, is blacked out in every text of the result.
 * - `size` — a result of more than `maxBytes` is withheld.
 * - `label` — the result carries these labels.
 * - `audit` — `digest`: only hashes of arguments and result are kept; `full`: the arguments and the result that left are recorded
 *   whole, up to `fullRecordLimits.side` bytes each. A call whose arguments are larger, or cannot be kept, does not run
 *   (`record_unavailable`); of a larger result the hash and the size are recorded, and it leaves. Without it: the arguments are
 *   recorded as far as they are short, and of the result nothing but the hash.
 *
 * Of the call, asked before it runs:
 * - `quota` — at most so many `calls`, or the `amount` at `path` at most `max` in all, `per` subject in each calendar `window`
 *   of control time. Amounts are counted in ten-thousandths, and what is finer counts as the next one up. A user counts for every
 *   agent that acts for them; a conversation the token does not name counts as the agent and its user, a user it does not name as the agent.
 * - `approval` — a person of `group` has to approve it, unless the arguments keep every limit of `unless`. Until there is a queue
 *   such a call is refused with `approval_required`.
 */
export const obligationSchema = z.discriminatedUnion(
  'kind',
  [
    fields,
    items,
    redact,
    z.strictObject({ kind: z.literal('size'), maxBytes: least(obligationLimits.bytes) }),
    label,
    z.strictObject({ kind: z.literal('audit'), level: z.enum(['digest', 'full']) }),
    quota,
    z.strictObject({
      kind: z.literal('approval'),
      group: slugSchema,
      unless: z.array(constraintSchema).max(obligationLimits.limits).optional(),
    }),
  ],
  { error: 'there is no such kind; use fields, items, redact, size, label, audit, quota or approval' },
);
export type Obligation = z.infer<typeof obligationSchema>;
/** One kind of obligation, as parsed. */
export type ObligationOf<Kind extends Obligation['kind']> = Extract<Obligation, { kind: Kind }>;
