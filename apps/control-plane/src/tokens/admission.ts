import { tokenWords } from '@portcullis/contracts';
import { errors, type AdapterPayload, type KoaContextWithOIDC } from 'oidc-provider';
import type { Pool } from 'pg';
import { noteUse } from '../credentials/credential-use.js';
import type { LiveCredential } from '../credentials/live-credentials.js';
import { agentClient } from './agent-client.js';
import { formatAgentScope, parseAgentScope } from './agent-scope.js';
import { no, refuse } from './claims-refusal.js';
import { assertionToleranceSeconds, nobodysKey, type Assertions } from './client-assertion.js';
import { clientRecordOf } from './client-record.js';
import { credentialOfSecret } from './client-secrets.js';
import { readExchangeSubject, type ExchangeSubject, type SubjectReaders } from './exchange-subject.js';
import { FailedClients } from './failed-clients.js';
import { issueClaims, type AgentClaims, type Grounds } from './issue-claims.js';
import { takeProof } from './used-proofs.js';

/** What a request has proved and was promised, from authentication to signature. */
interface Passage {
  readonly credential: string;
  /** Of a client assertion: it counts only once it was found unused. */
  readonly assertion: { readonly jti: string; isTaken: boolean } | undefined;
  grounds?: Grounds;
}

class TooManyFailures extends errors.OIDCProviderError {
  override readonly error_description = 'too many failed authentications; wait and try again';

  constructor() {
    super(429, 'rate_limited');
  }
}

const unproved = no('invalid_client', 'the client has proved nothing, or by an assertion that was not taken');

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
    private readonly assertions: Assertions,
    private readonly readers: SubjectReaders,
  ) {
    this.failed = new FailedClients(pool);
  }

  /** The client of a request. By an assertion it is one that has the key which signed, or nobody's: oidc-provider then judges again. */
  async clientOf(ctx: KoaContextWithOIDC | undefined, agent: string): Promise<AdapterPayload | undefined> {
    const assertion = ctx?.oidc.params?.['client_assertion'];
    if (ctx === undefined || typeof assertion !== 'string') return agentClient(agent);
    const address = addressOf(ctx);
    const proved = await this.assertions.prove(await this.#credentialsOf(agent, address), assertion, agent);
    if (proved === undefined) await this.failed.add(agent, address);
    else this.passages.set(ctx, { credential: proved.credential, assertion: { jti: proved.jti, isTaken: false } });
    return agentClient(agent, proved?.jwk ?? nobodysKey);
  }

  async authenticate(ctx: KoaContextWithOIDC, agent: string, secret: string): Promise<boolean> {
    const address = addressOf(ctx);
    const credential = credentialOfSecret(await this.#credentialsOf(agent, address), secret);
    if (credential === undefined) {
      await this.failed.add(agent, address);
      return false;
    }
    this.passages.set(ctx, { credential, assertion: undefined });
    return true;
  }

  /**
   * Oidc-provider asks about a client assertion while it authenticates the client, and about a DPoP proof right before it signs,
   * by the same question. An assertion that is still open is the only thing that is taken then.
   */
  async isFirstUse(ctx: KoaContextWithOIDC, agent: string, jti: string, until: number): Promise<boolean> {
    const passage = this.passages.get(ctx);
    if (passage === undefined) return false;
    const { assertion } = passage;
    const isProof = assertion === undefined || assertion.isTaken;
    if (!isProof && assertion.jti !== jti) return false;
    const end = until + assertionToleranceSeconds;
    const isFirst = await takeProof(this.pool, isProof ? 'dpop' : 'assertion', agent, jti, end);
    if (!isProof) assertion.isTaken = isFirst;
    // The library would call it an invalid grant; RFC 9449 has a word for it.
    if (isProof && !isFirst) throw new errors.InvalidDpopProof('the proof was taken before: make one for each request');
    return isFirst;
  }

  /** Decides the claims for a resource and gives the scope that was granted, defaults included (RFC 6749 section 3.3). */
  async admit(ctx: KoaContextWithOIDC, resource: string): Promise<string> {
    const { params = {}, client } = ctx.oidc;
    const passage = this.#proved(ctx);
    const agent = client?.clientId ?? refuse(unproved);
    const scope = parseAgentScope(String(params['scope'] ?? ''));
    if (scope === undefined) return refuse(no('invalid_scope', 'a part of the scope is unknown, malformed or twice'));
    const subject = await this.#subjectOf(params, agent);
    const isProved = ctx.get('DPoP') !== '';
    const { credential } = passage;
    const grounds = await issueClaims(this.pool, { agent, credential, resource, scope, isProved, subject });
    if ('refused' in grounds) return refuse(grounds);
    passage.grounds = grounds;
    const granted = formatAgentScope(grounds.claims);
    params['scope'] = granted;
    return granted;
  }

  /** A token without them is not made. */
  grounds(ctx: KoaContextWithOIDC): Grounds {
    return this.#proved(ctx).grounds ?? refuse(unproved);
  }

  /** The claims of a token that is about to be signed: only then was the credential used for something. */
  async use(ctx: KoaContextWithOIDC): Promise<AgentClaims> {
    const { claims, server, isUseNoted } = this.grounds(ctx);
    if (!isUseNoted) await noteUse(this.pool, claims.credential, { address: addressOf(ctx), server });
    return claims;
  }

  async #credentialsOf(agent: string, address: string): Promise<readonly LiveCredential[]> {
    const { areFailuresTooMany, credentials } = await clientRecordOf(this.pool, agent, address);
    if (areFailuresTooMany) throw new TooManyFailures();
    return credentials;
  }

  #proved(ctx: KoaContextWithOIDC): Passage {
    const passage = this.passages.get(ctx);
    return passage === undefined || passage.assertion?.isTaken === false ? refuse(unproved) : passage;
  }

  async #subjectOf(params: Readonly<Record<string, unknown>>, agent: string): Promise<ExchangeSubject | undefined> {
    if (params['grant_type'] !== tokenWords.exchangeGrant) return undefined;
    const subject = await readExchangeSubject(this.readers, params, agent);
    return 'why' in subject ? refuse(no('invalid_grant', subject.why)) : subject;
  }
}
