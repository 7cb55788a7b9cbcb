import { z } from 'zod';
import { conversationAttributesSchema } from './conversation.js';
import { credentialKindSchema, credentialStatusSchema } from './credential.js';
import { identityFormSchema } from './identity-forms.js';
import { policyParameterSchema, policyPlaceSchema } from './policies.js';
import { killSwitchScopeSchema, taskSchema } from './scopes.js';

const instant = z.int().min(0);

/** An object with a `kind`, whatever else it holds: what the kind means is for whoever knows it. It is passed on as it came. */
const someKind = z.custom<{ readonly kind: string; readonly [field: string]: unknown }>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof (value as { kind: unknown }).kind === 'string',
  'name its kind',
);

/**
 * The objects of the change log, by kind. Each travels as a whole value; `null` is its tombstone. Authority
 * (`agent-status`, `cut-off`, `credential`, `kill-switch`) stands in objects of its own, so that no general edit can write it.
 *
 * - `server` — id: server. A server belongs to one environment for ever.
 * - `tool` — id: `server/tool`. A tool without a class counts as `destructive`. `definitions` are those that are accepted, by
 *   `definitionHash`, each with the schema of its arguments; absent: the tool is not pinned yet; empty: nothing is accepted.
 * - `agent` — id: agent. What people call it; carries no authority.
 * - `agent-status` — id: agent. `retired` is one way.
 * - `cut-off` — id: agent. The object's own revision is the cut-off: tokens with a lower `rev` are dead.
 * - `credential` — id: credential. `revoked` and `tainted` are one way and dead; the other three are live to a guard, because
 *   the token endpoint alone decides who gets a token: a guard that still reads `prepared` is a revision behind, not wiser.
 *   `retiring` carries the end of its overlap as `expiresAt`. A `tainted` one is visible in every slice. Milliseconds.
 * - `assignment` — id: assignment. The agent holds the role in the environment, from `notBefore` up to, not including,
 *   `notAfter`, by control time. No token outlives the assignment it was issued under, so a reader that does not know the
 *   window still ends in time.
 * - `conversation` — id: a UUID made by whoever opened it. Travels with its agent. `credential` is the host's it was opened
 *   with (`null`: a person's sign-in); tainted, it takes the conversation along. `closed` is one way. In another than its
 *   `environment` nothing happens in it; without one it is bound to none.
 * - `token-revocation` — id: a token's `jti` (RFC 7009). Travels with its agent; a tombstone follows once the token has expired.
 * - `grant` — id: grant. role x environment x tool (or every tool of a class in the environment), with `constraints` on the
 *   parameters and `obligations` on the allowed call (`constraintSchema`, `obligationSchema`). One with a `conversation` widens that
 *   conversation alone, travels with its agent and must have an end (`notAfter`).
 * - `environment` — id: environment. `observe` records what would be denied and lets it run, up to, not including,
 *   `observeUntil`, by control time; without that end it is not observed. One that is absent enforces.
 * - `policy` — id: policy. Cedar text that forbids, or holds for approval, in `environment` (`null`: in all), with its version, the places where
 *   it is asked and the types of the parameters it reads. Strict: a policy with more to say is not understood, and denies the
 *   calls of its places.
 * - `directory` — id: directory. Payees, recipients or addresses that an admin curates for one environment, each as its
 *   `directoryDigest` alone: guards compare, they do not hold the list.
 * - `kill-switch` — id: engagement (a UUID made by the client).
 */
export const feedObjectSchemas = {
  server: z.object({ name: z.string(), environment: z.string(), resource: z.string() }),
  tool: z.object({
    server: z.string(),
    name: z.string(),
    classes: z.array(z.string()),
    definitions: z.array(z.object({ hash: z.string(), inputSchema: z.unknown() })).optional(),
  }),
  agent: z.object({ name: z.string() }),
  'agent-status': z.object({ status: z.enum(['active', 'suspended', 'retired']) }),
  'cut-off': z.object({ agent: z.string() }),
  credential: z.object({
    agent: z.string(),
    status: credentialStatusSchema,
    expiresAt: instant.nullable(),
    notBefore: instant.nullable().optional(),
    kind: credentialKindSchema.optional(),
  }),
  assignment: z.object({
    agent: z.string(),
    role: z.string(),
    environment: z.string(),
    notBefore: instant.nullable().optional(),
    notAfter: instant.nullable().optional(),
  }),
  grant: z.object({
    role: z.string(),
    environment: z.string(),
    tool: z.union([z.object({ id: z.string() }), z.object({ class: z.string() })]),
    task: taskSchema,
    constraints: z.array(someKind),
    notBefore: instant.nullable(),
    notAfter: instant.nullable(),
    staleSeconds: z.number().min(0).max(60),
    obligations: z.array(someKind).optional(),
    conversation: z.object({ id: z.string(), agent: z.string() }).optional(),
  }),
  environment: z.object({
    mode: z.enum(['enforce', 'observe']),
    observeUntil: instant.nullable(),
  }),
  policy: z.strictObject({
    name: z.string(),
    text: z.string(),
    environment: z.string().nullable(),
    version: z.int().min(1),
    places: z.array(policyPlaceSchema),
    parameters: z.array(policyParameterSchema),
  }),
  'kill-switch': z.object({
    scope: z.union([killSwitchScopeSchema, z.string()]),
    target: z.string(),
    status: z.enum(['engaged', 'released']),
    engagedAt: instant,
  }),
  conversation: z.object({
    agent: z.string(),
    user: z.string().nullable(),
    tasks: z.array(taskSchema),
    attributes: conversationAttributesSchema,
    digests: z.array(z.string()),
    status: z.enum(['open', 'closed']),
    expiresAt: instant,
    credential: z.string().nullable(),
    environment: z.string().nullable().optional(),
  }),
  directory: z.object({
    environment: z.string(),
    name: z.string(),
    holds: identityFormSchema,
    entries: z.array(z.string()),
  }),
  'token-revocation': z.object({ agent: z.string(), expiresAt: instant }),
} as const;

export type FeedKind = keyof typeof feedObjectSchemas;

/** Every kind of object that travels on the feed, in the order of the schemas. */
export const feedKinds = Object.keys(feedObjectSchemas) as FeedKind[];

/** The value of an object of kind `K`. */
export type FeedValue<K extends FeedKind> = z.infer<(typeof feedObjectSchemas)[K]>;

/** One object as parsed: what `libs/policy` applies. */
export type FeedObject = {
  [K in FeedKind]: { readonly kind: K; readonly id: string; readonly revision: number; readonly value: FeedValue<K> };
}[FeedKind];

/** Kinds whose change can only matter to a guard that understands it; an unknown one denies what it may touch. */
export function isFeedKind(kind: string): kind is FeedKind {
  return Object.hasOwn(feedObjectSchemas, kind);
}
