import { Provider, errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { Pool } from 'pg';
import type { TokenKey } from '../keys/token-keys.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { formatAgentScope, parseAgentScope } from './agent-scope.js';
import { liveCredentialOf } from './client-secrets.js';
import { FailedClients } from './failed-clients.js';
import { issueClaims, type AgentClaims, type ClaimsRefusal } from './issue-claims.js';
import { oidcStore } from './oidc-store.js';

export const tokenLifeSeconds = 300;

export interface TokenParts {
  readonly config: Config;
  readonly log: Log;
  readonly pool: Pool;
  readonly tokenKeys: readonly TokenKey[];
}

/** What this request has proved and was promised, from authentication to signature. */
interface Passage {
  credential?: string;
  claims?: AgentClaims;
}

class TooManyFailures extends errors.OIDCProviderError {
  override readonly error_description = 'too many failed authentications; wait and try again';

  constructor() {
    super(429, 'rate_limited');
  }
}

function refuse(refusal: ClaimsRefusal): never {
  if (refusal === 'invalid_client') throw new errors.InvalidClientAuth('the agent or its credential is not live');
  if (refusal === 'invalid_target')
    throw new errors.InvalidTarget('resource must be the address of a registered server');
  throw new errors.InvalidScope(
    'name a role that the agent holds in that environment, a task, and nothing else',
    'role',
  );
}

/** The OAuth 2.1 server for agents: client credentials for JWT access tokens (RFC 9068) bound to one server (RFC 8707). */
export function createTokenProvider({ config, log, pool, tokenKeys }: TokenParts): Provider {
  const passages = new WeakMap<KoaContextWithOIDC, Passage>();
  const passageOf = (ctx: KoaContextWithOIDC): Passage => {
    const known = passages.get(ctx) ?? {};
    passages.set(ctx, known);
    return known;
  };
  const failed = new FailedClients(pool);

  async function admit(ctx: KoaContextWithOIDC, resource: string): Promise<void> {
    const passage = passageOf(ctx);
    const scope = parseAgentScope(String(ctx.oidc.params?.['scope'] ?? ''));
    const agent = ctx.oidc.client?.clientId;
    if (scope === undefined) refuse('invalid_scope');
    if (agent === undefined || passage.credential === undefined) refuse('invalid_client');
    const claims = await issueClaims(pool, { agent, credential: passage.credential, resource, scope });
    if ('refused' in claims) refuse(claims.refused);
    passage.claims = claims;
    // What was granted, defaults included, is what the answer and the token name (RFC 6749 section 3.3).
    if (ctx.oidc.params) ctx.oidc.params['scope'] = formatAgentScope(claims);
  }

  const configuration: Configuration = {
    adapter: oidcStore(pool),
    jwks: { keys: tokenKeys.map(({ privateJwk }) => privateJwk as never) },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    responseTypes: [],
    scopes: [],
    routes: { token: '/oauth/token', jwks: '/oauth/jwks' },
    ttl: { ClientCredentials: tokenLifeSeconds },
    extraTokenClaims: (ctx) => ({ ...passageOf(ctx).claims }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => refuse('invalid_target'),
        useGrantedResource: () => false,
        getResourceServerInfo: async (ctx, resource) => {
          await admit(ctx, resource);
          return {
            scope: String(ctx.oidc.params?.['scope'] ?? ''),
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: tokenLifeSeconds,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
    },
  };
  const provider = new Provider(config.publicUrl, configuration);
  provider.proxy = config.trustedProxies.length > 0;
  provider.Client.prototype.compareClientSecret = async function (secret: string): Promise<boolean> {
    const ctx = Provider.ctx;
    if (ctx === undefined) return false;
    if (await failed.areTooMany(this.clientId, ctx.ip)) throw new TooManyFailures();
    const credential = await liveCredentialOf(pool, this.clientId, secret);
    if (credential === undefined) {
      await failed.add(this.clientId, ctx.ip);
      return false;
    }
    passageOf(ctx).credential = credential;
    return true;
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
