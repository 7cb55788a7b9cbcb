import { z } from 'zod';
import { revisionSchema } from './ids.js';
import { taskSchema } from './scopes.js';
import { longestActChain } from './token-exchange.js';

/** Who acts: `act` of RFC 8693 section 4.1. The outermost is the agent that calls; each `act` inside acted before it. */
export interface Actor {
  readonly sub: string;
  readonly act?: Actor | undefined;
}

/** Reads a chain of actors. Its length is checked where the claims are. */
export const actorSchema: z.ZodType<Actor> = z.object({
  sub: z.string(),
  get act() {
    return actorSchema.optional();
  },
});

function lengthOf(actor: Actor | undefined): number {
  return actor === undefined ? 0 : 1 + lengthOf(actor.act);
}

/**
 * Claims of an access token (RFC 9068 `at+jwt`, ES256, 5 minutes, audience one server). `rev` is the revision read in the
 * issuing transaction: a cut-off is a revision, never a time. `agent` equals `client_id`, and `sub` unless the token is for a
 * user by token exchange: then `sub` is the user and `act.sub` the agent. `exp` is never later than the end of the
 * credential, the assignment or the conversation the token was issued for.
 */
export const accessTokenSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  client_id: z.string(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string(),
  scope: z.string().optional(),
  agent: z.string(),
  credential: z.string(),
  instance: z.string(),
  role: z.string(),
  environment: z.string(),
  task: taskSchema,
  rev: revisionSchema,
  user: z.string().optional(),
  conversation: z.string().optional(),
  act: actorSchema.refine((actor) => lengthOf(actor) <= longestActChain, 'too many actors').optional(),
  /** Credentials besides `credential` that this token was made from; when one of them is tainted, so is this. */
  via: z.array(z.string()).max(longestActChain).optional(),
  /**
   * The key the token is bound to (RFC 9449 section 6.1, RFC 7638 thumbprint). A guard asks for a proof by it. Any other way of
   * binding makes the token unreadable: whoever does not know the binding cannot ask for its proof.
   */
  cnf: z.strictObject({ jkt: z.string().regex(/^[\w-]{43}$/) }).optional(),
});
export type AccessTokenClaims = z.infer<typeof accessTokenSchema>;

/**
 * Context travels as scope tokens, because standard clients send nothing else: `role:support task:lookup instance:cs-prod-4729
 * conv:5b0c…`. `conv` names an open conversation record of this agent (protocol F3). At most one of each; an unknown prefix is refused by the token endpoint.
 */
export const scopePrefixes = ['role', 'task', 'instance', 'conv'] as const;
