import { z } from 'zod';
import { argumentPathSchema, itemPathSchema } from './argument-path.js';
import { identityFormSchema } from './identity-forms.js';
import { slugSchema } from './ids.js';
import { sqlConstraint } from './sql-constraint.js';

/** Bounds on what a constraint may hold, so that no grant makes a decision long. Texts in UTF-16 units. */
export const constraintLimits = { text: 256, list: 100, items: 1000, each: 20, characters: 1_000_000 } as const;

const number = z.number({ error: 'write a number' });
const text = z
  .string({ error: 'write a text' })
  .min(1, 'write at least one character')
  .max(constraintLimits.text, `use at most ${constraintLimits.text} characters`);
const isExact = (value: string | number | boolean) => !Number.isInteger(value) || Number.isSafeInteger(value);
const scalar = z
  .union([z.string().max(constraintLimits.text), number, z.boolean()], {
    error: `write a text of at most ${constraintLimits.text} characters, a number, true or false`,
  })
  .refine(isExact, 'no reader keeps a whole number this large exact; let the parameter be a text');
const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry)
    .min(1, 'name at least one')
    .max(constraintLimits.list, `name at most ${constraintLimits.list}`)
    .refine((entries) => new Set(entries).size === entries.length, 'one of them stands there twice');
const sizeUpTo = (most: number) =>
  z
    .int({ error: `use a whole number from 0 to ${most}` })
    .min(0)
    .max(most)
    .optional();
interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
const isBounded = ({ min, max }: Bounds) => min !== undefined || max !== undefined;
const isOrdered = ({ min, max }: Bounds) => min === undefined || max === undefined || min <= max;
const order = { message: 'must not be less than min', path: ['max'] };

/**
 * What a parameter can be compared with: only what somebody else than the agent vouched for (protocol F3). The token's verified
 * `user`, `agent`, `role`, `environment`, or an attribute of the conversation's record as `conversation.<name>`. The instance is
 * what the agent says about itself and is refused.
 */
export const claimNameSchema = z
  .string()
  .regex(
    /^(user|agent|role|environment|conversation\.[A-Za-z_][A-Za-z0-9_]{0,63})$/,
    'use user, agent, role, environment or conversation.<attribute>; what an agent says about itself, such as its instance, satisfies nothing',
  );

/** A host as it stands in a list: exact, or `*.` before at least two labels; lower case ASCII; a port only where it is not the scheme's own. */
const host = z
  .string()
  .max(constraintLimits.text)
  .regex(
    /^(\*\.(?=[^.:]+\.))?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[1-9]\d{0,4})?$/,
    'write a host such as api.example.com or *.example.com, in lower case, without scheme and path; an international name as xn--…',
  )
  .refine((entry) => !/:(443|80)$/.test(entry), 'leave out the port that the scheme already means');
const schemes = z.enum(['https', 'http', 'wss', 'ws'], { error: 'use https, http, wss or ws' });
const network = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
  error: 'write an address or a range such as 10.0.0.0/8 or 2001:db8::/32',
});
const glob = text
  .regex(/^[^\\[\]{}!\p{Cc}]*$/u, 'only *, ** and ? have a meaning in a glob; [ ] { } ! and \\ cannot stand in one')
  .refine((value) => !/(^|\/)\.{1,2}(\/|$)/.test(value), 'a glob has no . or .. between slashes');
const prefix = text.refine(
  (value) => !/^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i.test(value),
  'this also begins https://example.com.elsewhere.net; end the host with / or use hosts',
);

/** The kinds that speak about one value, for paths of one form. */
const leaves = <Path extends z.ZodType<string>>(path: Path) =>
  [
    z.strictObject({ kind: z.literal('min'), path, value: number }),
    z.strictObject({ kind: z.literal('max'), path, value: number }),
    z
      .strictObject({
        kind: z.literal('length'),
        path,
        min: sizeUpTo(constraintLimits.characters),
        max: sizeUpTo(constraintLimits.characters),
      })
      .refine(isBounded, { message: 'name a min, a max or both', path: ['max'] })
      .refine(isOrdered, order),
    z.strictObject({ kind: z.literal('one-of'), path, values: listOf(scalar) }),
    z.strictObject({ kind: z.literal('equal'), path, value: scalar }),
    z.strictObject({ kind: z.literal('equal-claim'), path, claim: claimNameSchema }),
    z.strictObject({ kind: z.literal('prefix'), path, prefix }),
    z.strictObject({ kind: z.literal('glob'), path, glob }),
    z.strictObject({ kind: z.literal('pattern'), path, pattern: text }),
    z.strictObject({ kind: z.literal('hosts'), path, hosts: listOf(host), schemes: listOf(schemes).optional() }),
    z.strictObject({ kind: z.literal('cidr'), path, networks: listOf(network) }),
    z.strictObject({ kind: z.literal('forbidden'), path }),
    z
      .strictObject({
        kind: z.literal('provenance'),
        path,
        as: identityFormSchema,
        request: z.boolean().optional(),
        directories: listOf(slugSchema).optional(),
      })
      .refine(({ request = false, directories = [] }) => request || directories.length > 0, {
        message: "let it come from the user's request, from directories or from both",
        path: ['request'],
      }),
    sqlConstraint(path),
  ] as const;

/** A limit on each item of a list: every kind but `items`, with a path inside the item. */
export const itemConstraintSchema = z.discriminatedUnion('kind', leaves(itemPathSchema), {
  error:
    'use a kind that says something of one value: min, max, length, one-of, equal, equal-claim, prefix, glob, pattern, hosts, cidr, forbidden, provenance or sql',
});
export type ItemConstraint = z.infer<typeof itemConstraintSchema>;

const items = z
  .strictObject({
    kind: z.literal('items'),
    path: argumentPathSchema.refine((path) => !path.includes('*'), 'a list of lists cannot be limited with items'),
    min: sizeUpTo(constraintLimits.items),
    max: sizeUpTo(constraintLimits.items),
    each: z.array(itemConstraintSchema).max(constraintLimits.each).optional(),
  })
  .refine((limit) => isBounded(limit) || (limit.each ?? []).length > 0, {
    message: 'name a min, a max or what each item must keep',
    path: ['max'],
  })
  .refine(isOrdered, order);

const ownSchema = z.strictObject({ kind: z.literal('schema') });

/**
 * A limit on the parameters of a call: the closed set of kinds. Objects are strict. An unknown `kind`, or one that is not as it
 * must be, voids the grant that carries it (`guard_outdated`), never itself alone.
 *
 * A parameter that is missing fails every kind but `forbidden`, and so does `null`, which is no value of any kind; `forbidden`
 * refuses `null` as well, because the parameter is given. Values are never converted, texts are compared code point by code
 * point without normalisation, and only what an object holds itself counts, not what it inherits.
 *
 * - `min`, `max` — a finite number, at least or at most `value`. -0 is 0.
 * - `length` — a text of `min` to `max` code points.
 * - `one-of`, `equal` — exactly one of `values`, exactly `value`: texts, numbers, true or false.
 * - `equal-claim` — exactly what `claim` says (`claimNameSchema`).
 * - `prefix` — a text that begins with `prefix`; where that has a `/` in it, the text must not climb with `..` segments.
 * - `glob` — a text of segments between `/`: `*` is any run within one segment, `?` one character of it, `**` any run across
 *   segments, and `/` + `**` + `/` also a single `/`. A text that climbs, holds `//`, a backslash or control characters is refused.
 * - `pattern` — a text that matches the RE2 expression as a whole.
 * - `hosts` — an URL, or a host with or without port, whose host is on the list; `*.example.com` is every host below
 *   example.com. Only `schemes` (default https), only the scheme's own port or one the list names, no user information.
 * - `cidr` — an IP address within one of `networks`; an IPv4-mapped IPv6 address counts as the IPv4 address it stands for.
 * - `forbidden` — the parameter must not be given.
 * - `provenance` — a text, read `as` a form (`canonicalIdentity`), that stands in the user's own request as the host registered it in
 *   the conversation's record (`request`), or in one of the `directories`; never one that a tool, the agent or history brought up.
 *   Without a record that could say so, a call of a grant is held for approval (protocol E6).
 * - `sql` — a text that is one statement of PostgreSQL's SQL within limits (`sqlConstraint`).
 * - `items` — a list of `min` to `max` items, each of which keeps every limit of `each`. An empty list holds no item that could break one.
 * - `schema` — about all arguments, and without a path: they are as the tool's own schema says, in the accepted definition that the
 *   server announces. A property that the schema does not speak about is refused at every level, unless the schema says itself
 *   what becomes of others. A tool that is not pinned has no schema to go by: its calls are refused.
 */
export const constraintSchema = z.discriminatedUnion('kind', [...leaves(argumentPathSchema), items, ownSchema], {
  error:
    'there is no such kind; use min, max, length, one-of, equal, equal-claim, prefix, glob, pattern, hosts, cidr, forbidden, provenance, sql, items or schema',
});
export type Constraint = z.infer<typeof constraintSchema>;

/** One kind of constraint, as parsed. */
export type ConstraintOf<Kind extends Constraint['kind']> = Extract<Constraint, { kind: Kind }>;
