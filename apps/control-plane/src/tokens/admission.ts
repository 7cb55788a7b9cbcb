import { errors, type AdapterPayload, type KoaContextWithOIDC } from 'oidc-provider';
import type { Pool } from 'pg';
import { liveCredentialsOf } from '../credentials/live-credentials.js';
import { agentClient } from './agent-client.js';
import { formatAgentScope, parseAgentScope } from './agent-scope.js';
import { assertionToleranceSeconds, nobodysKey, proveAssertion } from './client-assertion.js';
import { credentialOfSecret } from './client-secrets.js';
import { FailedClients } from './failed-clients.js';
import { issueClaims, type ClaimsRefusal, type Grounds } from './issue-claims.js';
import { takeProof } from './used-proofs.js';

/** What a request has proved and was promised, from authentication to signature. */
interface Passage {
  credential?: string;
  isAssertionTaken?: boolean;
  grounds?: Grounds;
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
    'name a role that the agent holds in that environment, a task, an open conversation of the agent, and nothing else',
    'role',
  );
}

/** As Express tells it by the trusted proxies; Koa would believe the first address in a header, which anybody can write. */
function addressOf({ req }: KoaContextWithOIDC): string {
  return ('ip' in req && typeof req.ip === 'string' ? req.ip : req.socket.remoteAddress) ?? 'unknown';
}

/** Takes each token request from its secret or assertion to its claims; oidc-provider asks it at the moments it offers. */
export class Admission {
  private readonly passages = new WeakMap<KoaContextWithOIDC, Passage>();
  private readonly failed: FailedClients;

  constructor(
    private readonly pool: Pool,
    private readonly audience: readonly string[],
  ) {
    this.failed = new FailedClients(pool);
  }

  /** The client of a request. By an assertion it is one that has the key which signed, or nobody's: oidc-provider then judges again. */
  async clientOf(ctx: KoaContextWithOIDC | undefined, agent: string): Promise<AdapterPayload | undefined> {
    const assertion = ctx?.oidc.params?.['client_assertion'];
    if (ctx === undefined || typeof assertion !== 'string') return agentClient(agent);
    const address = addressOf(ctx);
    if (await this.failed.areTooMany(agent, address)) throw new TooManyFailures();
    const proved = await proveAssertion(await liveCredentialsOf(this.pool, agent), assertion, agent, this.audience);
    if (proved === undefined) await this.failed.add(agent, address);
    else this.passages.set(ctx, { credential: proved.credential });
    return agentClient(agent, proved?.jwk ?? nobodysKey);
  }

  async authenticate(ctx: KoaContextWithOIDC, agent: string, secret: string): Promise<boolean> {
    const address = addressOf(ctx);
    if (await this.failed.areTooMany(agent, address)) throw new TooManyFailures();
    const credential = credentialOfSecret(await liveCredentialsOf(this.pool, agent), secret);
    if (credential === undefined) {
      await this.failed.add(agent, address);
      return false;
    }
    this.passages.set(ctx, { credential });
    return true;
  }

  /** Oidc-provider asks about the client assertion first, then about the DPoP proof. */
  async isFirstUse(ctx: KoaContextWithOIDC, agent: string, jti: string, until: number): Promise<boolean> {
    const passage = this.passages.get(ctx);
    if (passage === undefined) return false;
    const isAssertion = ctx.oidc.params?.['client_assertion'] !== undefined && passage.isAssertionTaken !== true;
    passage.isAssertionTaken = true;
    return takeProof(this.pool, isAssertion ? 'assertion' : 'dpop', agent, jti, until + assertionToleranceSeconds);
  }

  /** Decides the claims for a resource and gives the scope that was granted, defaults included (RFC 6749 section 3.3). */
  async admit(ctx: KoaContextWithOIDC, resource: string): Promise<string> {
    const passage = this.passages.get(ctx);
    const scope = parseAgentScope(String(ctx.oidc.params?.['scope'] ?? ''));
    const agent = ctx.oidc.client?.clientId;
    if (scope === undefined) refuse('invalid_scope');
    if (agent === undefined || passage?.credential === undefined) refuse('invalid_client');
    const { credential } = passage;
    const grounds = await issueClaims(this.pool, { agent, credential, resource, scope, address: ctx.ip });
    if ('refused' in grounds) refuse(grounds.refused);
    passage.grounds = grounds;
    const granted = formatAgentScope(grounds.claims);
    if (ctx.oidc.params) ctx.oidc.params['scope'] = granted;
    return granted;
  }

  /** A token without them is not made. */
  grounds(ctx: KoaContextWithOIDC): Grounds {
    return this.passages.get(ctx)?.grounds ?? refuse('invalid_client');
  }
}
