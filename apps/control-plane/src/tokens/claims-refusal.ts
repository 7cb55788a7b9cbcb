import { errors } from 'oidc-provider';

export type ClaimsRefusal = 'invalid_client' | 'invalid_target' | 'invalid_scope' | 'invalid_grant' | 'proof_needed';

/** `why` is for the log. */
export interface Refused {
  readonly refused: ClaimsRefusal;
  readonly why: string;
}

export const no = (refused: ClaimsRefusal, why: string): Refused => ({ refused, why });

const texts = {
  invalid_target: 'resource must be the address of a registered server',
  invalid_scope:
    'name a role that the agent holds in that environment, a task, an open conversation of the agent, and nothing else',
  invalid_grant: 'bring a subject token that is live and that this agent may act by',
  proof_needed: 'tokens are bound to a key here: send a DPoP proof (RFC 9449)',
} as const;

/** Outside every reason of one kind reads alike. */
export function refuse({ refused, why: detail }: Refused): never {
  if (refused === 'invalid_client') throw new errors.InvalidClientAuth(detail);
  if (refused === 'invalid_target') throw new errors.InvalidTarget(texts.invalid_target, { detail });
  if (refused === 'invalid_scope') throw new errors.InvalidScope(texts.invalid_scope, 'role', { detail });
  const word = refused === 'proof_needed' ? 'invalid_dpop_proof' : refused;
  throw new errors.CustomOIDCProviderError(word, texts[refused], { detail });
}
