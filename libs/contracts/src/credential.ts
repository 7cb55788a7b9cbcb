import { z } from 'zod';

/**
 * Where a credential stands: `prepared` (known, no tokens yet), `active`, `retiring` (still good until its overlap ends),
 * `revoked` (it and its tokens are dead), `tainted` (and so is everything made from it). It only ever moves to the right.
 */
export const credentialStatuses = ['prepared', 'active', 'retiring', 'revoked', 'tainted'] as const;
export type CredentialStatus = (typeof credentialStatuses)[number];

/** Reads a credential's status; anything not in the list is refused. */
export const credentialStatusSchema = z.enum(credentialStatuses);

/** The statuses a guard takes as live. */
export const liveCredentialStatuses = ['prepared', 'active', 'retiring'] as const satisfies readonly CredentialStatus[];

/** How an agent proves itself at the token endpoint: RFC 7523 `private_key_jwt`, or a client secret. */
export const credentialKinds = ['private_key_jwt', 'secret'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Reads a credential's kind; anything not in the list is refused. */
export const credentialKindSchema = z.enum(credentialKinds);

/** Bounds of a rotation's overlap, in seconds. */
export const overlapSeconds = { least: 0, most: 86_400, standard: 900 } as const;

/** Bounds of an access token's life, in seconds. Below `leastInProduction` only where the configuration says so. */
export const tokenLifeSeconds = { least: 2, leastInProduction: 60, most: 3600, standard: 300 } as const;

/**
 * `POST /oauth/rotate`: an agent replaces its secret, authenticated by the old one (RFC 6749 section 2.3.1). The new one is
 * `active` at once and the old one `retiring` for `overlapSeconds` (default: the agent's rotation policy).
 */
export const rotateSecretSchema = z.object({
  overlapSeconds: z.int().min(overlapSeconds.least).max(overlapSeconds.most).optional(),
});

/** The answer to `POST /oauth/rotate`. `clientSecret` is shown in this answer and never again. */
export interface RotatedSecret {
  readonly credential: string;
  readonly clientSecret: string;
  readonly expiresAt: number | null;
  /** When the old secret stops working. */
  readonly retires: { readonly credential: string; readonly at: number };
  readonly revision: number;
}
