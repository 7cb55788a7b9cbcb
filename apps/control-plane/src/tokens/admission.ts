import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Pool } from 'pg';
import { formatAgentScope, parseAgentScope } from './agent-scope.js';
import { liveCredentialOf } from './client-secrets.js';
import { FailedClients } from './failed-clients.js';
import { issueClaims, type AgentClaims, type ClaimsRefusal } from './issue-claims.js';

/** What a request has proved and was promised, from authentication to signature. */
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

export function refuse(refusal: ClaimsRefusal): never {
  if (refusal === 'invalid_client') throw new errors.InvalidClientAuth('the agent or its credential is not live');
  if (refusal === 'invalid_target')
    throw new errors.InvalidTarget('resource must be the address of a registered server');
  throw new errors.InvalidScope(
    'name a role that the agent holds in that environment, a task, and nothing else',
    'role',
  );
}

/** As Express tells it by the trusted proxies; Koa would believe the first address in a header, which anybody can write. */
function addressOf({ req }: KoaContextWithOIDC): string {
  return ('ip' in req && typeof req.ip === 'string' ? req.ip : req.socket.remoteAddress) ?? 'unknown';
}

/** Takes each token request from its secret to its claims; oidc-provider asks it at the three moments it offers. */
export class Admission {
  private readonly passages = new WeakMap<KoaContextWithOIDC, Passage>();
  private readonly failed: FailedClients;

  constructor(private readonly pool: Pool) {
    this.failed = new FailedClients(pool);
  }

  async authenticate(ctx: KoaContextWithOIDC, agent: string, secret: string): Promise<boolean> {
    const address = addressOf(ctx);
    if (await this.failed.areTooMany(agent, address)) throw new TooManyFailures();
    const credential = await liveCredentialOf(this.pool, agent, secret);
    if (credential === undefined) {
      await this.failed.add(agent, address);
      return false;
    }
    this.passages.set(ctx, { credential });
    return true;
  }

  /** Decides the claims for a resource and gives the scope that was granted, defaults included (RFC 6749 section 3.3). */
  async admit(ctx: KoaContextWithOIDC, resource: string): Promise<string> {
    const passage = this.passages.get(ctx);
    const scope = parseAgentScope(String(ctx.oidc.params?.['scope'] ?? ''));
    const agent = ctx.oidc.client?.clientId;
    if (scope === undefined) refuse('invalid_scope');
    if (agent === undefined || passage?.credential === undefined) refuse('invalid_client');
    const claims = await issueClaims(this.pool, { agent, credential: passage.credential, resource, scope });
    if ('refused' in claims) refuse(claims.refused);
    passage.claims = claims;
    const granted = formatAgentScope(claims);
    if (ctx.oidc.params) ctx.oidc.params['scope'] = granted;
    return granted;
  }

  /** A token without them is not made. */
  claims(ctx: KoaContextWithOIDC): AgentClaims {
    return this.passages.get(ctx)?.claims ?? refuse('invalid_client');
  }
}
