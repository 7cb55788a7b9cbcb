import { dpopAlgorithms } from '@portcullis/contracts';
import { Provider, type Configuration } from 'oidc-provider';
import type { Pool } from 'pg';
import type { TokenKeys } from '../keys/current-token-keys.js';
import type { TokenKey } from '../keys/token-keys.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import type { AgentKeys } from '../published-keys/agent-keys.js';
import type { Subjects } from '../subjects/subjects.js';
import { Admission } from './admission.js';
import { no, refuse } from './claims-refusal.js';
import { Assertions, assertionToleranceSeconds } from './client-assertion.js';
import { assertionAudience } from './client-authentication.js';
import { ExchangingProvider } from './exchanging-provider.js';
import type { Grounds } from './issue-claims.js';
import { oidcStore } from './oidc-store.js';
import { OwnTokens } from './own-tokens.js';
import { assertionAlgorithms } from './public-jwk.js';
import { Signer } from './signer.js';

export interface TokenParts {
  readonly config: Config;
  readonly log: Log;
  readonly pool: Pool;
  readonly tokenKeys: TokenKeys;
  /** 32 bytes. */
  readonly nonceSecret: Buffer;
  readonly subjects: Pick<Subjects, 'verify'>;
  readonly agentKeys: AgentKeys;
}

function featuresFor(admission: Admission, nonceSecret: Buffer): Configuration['features'] {
  return {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    dPoP: { enabled: true, nonceSecret, requireNonce: () => true },
    pushedAuthorizationRequests: { enabled: false },
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => refuse(no('invalid_target', 'no resource is named')),
      useGrantedResource: () => false,
      getResourceServerInfo: async (ctx, resource) => {
        const scope = await admission.admit(ctx, resource);
        const jwt = { sign: { alg: 'ES256' as const } };
        return { scope, audience: resource, accessTokenFormat: 'jwt', jwt };
      },
    },
  };
}

function configurationFor(
  { pool, nonceSecret }: TokenParts,
  keys: readonly TokenKey[],
  admission: Admission,
): Configuration {
  return {
    adapter: oidcStore(pool, (id) => admission.clientOf(Provider.ctx, id)),
    jwks: { keys: keys.map((key) => new Signer(key)) },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: [...assertionAlgorithms], dPoPSigningAlgValues: [...dpopAlgorithms] },
    clockTolerance: assertionToleranceSeconds,
    responseTypes: [],
    scopes: [],
    routes: { token: '/oauth/token', jwks: '/oauth/jwks' },
    ttl: { ClientCredentials: (ctx) => admission.grounds(ctx).lifeSeconds },
    extraTokenClaims: async (ctx) => ({ ...(await admission.use(ctx)) }),
    formats: {
      customizers: { jwt: (ctx, _token, parts) => complete(parts.payload, admission.grounds(ctx)) },
    },
    features: featuresFor(admission, nonceSecret),
  };
}

/** The subject is the client to oidc-provider, and the second may have turned between the decision and the signature. */
function complete(payload: Record<string, unknown>, { claims, isProved, latestEnd }: Grounds): void {
  if (isProved !== (payload['cnf'] !== undefined)) throw new Error('a proof and the binding of its token part ways');
  payload['sub'] = claims.sub;
  payload['exp'] = Math.min(Number(payload['exp']), latestEnd);
}

/** The OAuth 2.1 server for agents: JWT access tokens (RFC 9068) bound to one server (RFC 8707), by client credentials or exchange. The first key signs. */
export function createTokenProvider(parts: TokenParts, keys: readonly TokenKey[]): Provider {
  const { config, log, pool, subjects, tokenKeys, agentKeys } = parts;
  const readers = { subjects, ownTokens: new OwnTokens(config.publicUrl, tokenKeys) };
  const admission = new Admission(pool, new Assertions(assertionAudience(config.publicUrl), agentKeys), readers);
  const provider = new ExchangingProvider(config.publicUrl, configurationFor(parts, keys, admission));
  provider.proxy = config.trustedProxies.length > 0;
  // By the configured address: the library would believe the Host header what address a proof is to be for.
  provider.OIDCContext.prototype.urlFor = (name, options) => provider.urlFor(name, options);
  provider.Client.prototype.compareClientSecret = async function (secret: string): Promise<boolean> {
    const ctx = Provider.ctx;
    return ctx !== undefined && admission.authenticate(ctx, this.clientId, secret);
  };
  provider.ReplayDetection.unique = async (agent, jti, until) => {
    const { ctx } = Provider;
    return ctx !== undefined && admission.isFirstUse(ctx, agent, jti, until);
  };
  provider.on('grant.error', (ctx, error) => {
    log.info(
      { client: ctx.oidc.client?.clientId, error: error.error, why: error.error_detail ?? error.error_description },
      'token refused',
    );
  });
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'the token endpoint failed'));
  return provider;
}
