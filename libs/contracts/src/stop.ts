import { z } from 'zod';
import { killSwitchScopeSchema } from './scopes.js';

/**
 * A stop ticket: a `SignedText` (domain `stopTicket`, by a feed key) as base64url of its JSON, used as a bearer token on
 * the kill lane for 12 hours. It is checked without the database.
 */
export const stopTicketSchema = z.object({
  v: z.literal(1),
  kid: z.string(),
  person: z.string(),
  scopes: z.array(killSwitchScopeSchema),
  issuedAt: z.int(),
  expiresAt: z.int(),
});
export type StopTicket = z.infer<typeof stopTicketSchema>;

/** `POST /stop`, as form or JSON. `engagement` is a UUID made by the client: repeating a request with it is harmless. */
export const stopRequestSchema = z.object({
  scope: killSwitchScopeSchema,
  id: z.string().max(256).default(''),
  reason: z.string().max(500).default(''),
  engagement: z.uuid().optional(),
});
export type StopRequest = z.infer<typeof stopRequestSchema>;

/** The answer to `POST /stop`: the engagement on record, and the revision that guards reach when they have applied it. */
export interface StopAnswer {
  readonly engagement: string;
  readonly revision: number;
}
