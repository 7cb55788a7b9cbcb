import { dpopAlgorithms, tasks, tokenWords } from '@portcullis/contracts';
import { assertionAlgorithms } from './public-jwk.js';

const methods = ['private_key_jwt', 'client_secret_basic', 'client_secret_post'];

function authenticationAt(endpoint: string): (readonly [string, readonly string[]])[] {
  return [
    [`${endpoint}_endpoint_auth_methods_supported`, methods],
    [`${endpoint}_endpoint_auth_signing_alg_values_supported`, assertionAlgorithms],
  ];
}

/** RFC 8414. Only what can be used here is announced. */
export function serverMetadata(issuer: string): Readonly<Record<string, unknown>> {
  return {
    issuer,
    // Clients of the MCP SDK 1.x cannot read metadata without one; nobody is signed in there.
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    jwks_uri: `${issuer}/oauth/jwks`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    grant_types_supported: ['client_credentials', tokenWords.exchangeGrant],
    response_types_supported: [],
    ...Object.fromEntries(['token', 'revocation', 'introspection'].flatMap(authenticationAt)),
    dpop_signing_alg_values_supported: dpopAlgorithms,
    scopes_supported: tasks.map((task) => `task:${task}`),
  };
}
