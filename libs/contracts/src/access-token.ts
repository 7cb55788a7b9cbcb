import { z } from 'zod';
import { revisionSchema } from './ids.js';
import { taskSchema } from './scopes.js';

/**
 * Claims of an access token (RFC 9068 `at+jwt`, ES256, 5 minutes, audience one server). `rev` is the revision read in the
 * issuing transaction: a cut-off is a revision, never a time. `agent` equals `client_id` and `sub`.
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
});
export type AccessTokenClaims = z.infer<typeof accessTokenSchema>;

/**
 * Context travels as scope tokens, because standard clients send nothing else: `role:support task:lookup instance:cs-prod-4729`.
 * At most one of each; an unknown prefix is refused by the token endpoint.
 */
export const scopePrefixes = ['role', 'task', 'instance'] as const;
