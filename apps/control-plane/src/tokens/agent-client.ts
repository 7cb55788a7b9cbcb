import { slugSchema, tokenWords } from '@portcullis/contracts';
import type { AdapterPayload } from 'oidc-provider';

const placeholder = 'compared-with-the-stored-hashes-instead';

/**
 * Every well-formed id is a client here: whether the agent exists and lives is asked when its proof is checked, so that an
 * unknown agent takes the same way as a known one with a wrong secret or key. With `jwk` the client proves itself by that key.
 */
export function agentClient(id: string, jwk?: Readonly<Record<string, unknown>>): AdapterPayload | undefined {
  if (!slugSchema.safeParse(id).success) return undefined;
  return {
    client_id: id,
    grant_types: ['client_credentials', tokenWords.exchangeGrant],
    response_types: [],
    redirect_uris: [],
    ...(jwk === undefined
      ? { client_secret: placeholder, token_endpoint_auth_method: 'client_secret_basic' }
      : { jwks: { keys: [jwk] } as never, token_endpoint_auth_method: 'private_key_jwt' }),
  };
}
