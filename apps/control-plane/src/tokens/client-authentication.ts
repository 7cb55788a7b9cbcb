import { slugSchema, tokenWords } from '@portcullis/contracts';
import { decodeJwt } from 'jose';
import type { Pool } from 'pg';
import type { LiveCredential } from '../credentials/live-credentials.js';
import { Refusal } from '../platform/refusal.js';
import type { Assertions } from './client-assertion.js';
import { clientRecordOf } from './client-record.js';
import { credentialOfSecret } from './client-secrets.js';
import { FailedClients } from './failed-clients.js';
import { takeProof } from './used-proofs.js';

export interface ClientProof {
  readonly authorization: string | undefined;
  /** What the body says; `clientFields` name those that are about the client. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly address: string;
}

export interface ProvedClient {
  readonly agent: string;
  readonly credential: string;
}

/** Members of a body that prove the client and say nothing else. */
export const clientFields = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'] as const;

type Claim =
  { readonly agent: string; readonly secret: string } | { readonly agent: string; readonly assertion: string };

function textOf(fields: ClientProof['fields'], name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

function basicClaim(authorization: string): Claim | undefined {
  const [, encoded] = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  const [agent, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  try {
    return {
      agent: decodeURIComponent(agent ?? ''),
      secret: decodeURIComponent(rest.join(':').replaceAll('+', '%20')),
    };
  } catch {
    return undefined;
  }
}

function assertionClaim(assertion: string): Claim | undefined {
  try {
    return { agent: String(decodeJwt(assertion).sub), assertion };
  } catch {
    return undefined;
  }
}

/** One way of proof and no other, as at the token endpoint (RFC 6749 section 2.3). */
function claimOf({ authorization, fields }: ClientProof): Claim | undefined {
  const [secret, assertion] = [textOf(fields, 'client_secret'), textOf(fields, 'client_assertion')];
  if ([authorization, secret, assertion].filter((way) => way !== undefined).length !== 1) return undefined;
  if (authorization !== undefined) return basicClaim(authorization);
  if (secret !== undefined) return { agent: textOf(fields, 'client_id') ?? '', secret };
  const isTyped = textOf(fields, 'client_assertion_type') === tokenWords.clientAssertion;
  const claim = isTyped ? assertionClaim(assertion ?? '') : undefined;
  return textOf(fields, 'client_id') === undefined || textOf(fields, 'client_id') === claim?.agent ? claim : undefined;
}

/** Client authentication of the endpoints that oidc-provider does not serve. Whatever is wrong, the refusal is the same. */
export class ClientAuthentication {
  private readonly failed: FailedClients;

  constructor(
    private readonly pool: Pool,
    private readonly assertions: Assertions,
  ) {
    this.failed = new FailedClients(pool);
  }

  /** Throws `client_refused`, or `rate_limited` after too many failures. */
  async authenticate(proof: ClientProof): Promise<ProvedClient> {
    const claim = claimOf(proof);
    if (claim === undefined || !slugSchema.safeParse(claim.agent).success) throw refused();
    const { agent } = claim;
    const { areFailuresTooMany, credentials } = await clientRecordOf(this.pool, agent, proof.address);
    if (areFailuresTooMany) throw new Refusal('rate_limited', 'too many failed authentications; wait and try again');
    const credential = await this.#credentialOf(claim, credentials);
    if (credential !== undefined) return { agent, credential };
    await this.failed.add(agent, proof.address);
    throw refused();
  }

  async #credentialOf(claim: Claim, credentials: readonly LiveCredential[]): Promise<string | undefined> {
    if ('secret' in claim) return credentialOfSecret(credentials, claim.secret);
    const proved = await this.assertions.prove(credentials, claim.assertion, claim.agent);
    if (proved === undefined) return undefined;
    const isFirst = await takeProof(this.pool, 'assertion', claim.agent, proved.jti, proved.expiresAt);
    return isFirst ? proved.credential : undefined;
  }
}

function refused(): Refusal {
  return new Refusal('client_refused', 'the agent or its credential is not live, or the proof is not right');
}

/** Who an assertion may be for: the issuer, or its token endpoint. */
export function assertionAudience(issuer: string): readonly string[] {
  return [issuer, `${issuer}/oauth/token`];
}
