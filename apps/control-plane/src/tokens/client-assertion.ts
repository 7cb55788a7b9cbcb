import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import type { LiveCredential } from '../credentials/live-credentials.js';
import type { AgentKeys } from '../published-keys/agent-keys.js';
import { openedKey } from './opened-keys.js';
import { algorithmOf, readPublicJwk, type AssertionAlgorithm, type PublicJwk } from './public-jwk.js';

const mostKeys = 16;
const longestAssertion = 8192;
const longestLifeSeconds = 600;
export const assertionToleranceSeconds = 10;

/** What a client assertion proved (RFC 7523 section 3), with the key that did, named as the assertion names it. */
export interface ProvedAssertion {
  readonly credential: string;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly jti: string;
  readonly expiresAt: number;
}

interface Candidate {
  readonly credential: string;
  readonly jwk: PublicJwk;
}

/** Nobody has its private half: it stands in where an agent has no key, so that both ways cost one verification. */
export const nobodysKey = readPublicJwk(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
);

interface AssertionHeader {
  readonly alg?: string;
  readonly kid?: string;
}

function headerOf(assertion: string): AssertionHeader {
  try {
    const { alg, kid } = decodeProtectedHeader(assertion);
    return { ...(alg === undefined ? {} : { alg }), ...(typeof kid === 'string' ? { kid } : {}) };
  } catch {
    return {};
  }
}

async function payloadOf(
  assertion: string,
  jwk: PublicJwk,
  alg: AssertionAlgorithm,
  agent: string,
  audience: string[],
) {
  try {
    const { payload } = await jwtVerify(assertion, await openedKey(jwk, alg), {
      algorithms: [alg],
      issuer: agent,
      subject: agent,
      audience,
      requiredClaims: ['exp', 'jti'],
      clockTolerance: assertionToleranceSeconds,
    });
    return isShortLived(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

/** An assertion is remembered until it ends, so it may not be good for long. */
function isShortLived({ exp, iat, jti }: JWTPayload): boolean {
  const now = Date.now() / 1000;
  const limit = now + longestLifeSeconds + assertionToleranceSeconds;
  return typeof jti === 'string' && jti.length > 0 && (exp ?? Infinity) <= limit && (iat ?? 0) <= limit;
}

/** Of a published set only the key that the assertion names, or all of those without a name. */
function named(keys: readonly PublicJwk[], kid: string | undefined): readonly PublicJwk[] {
  return keys.filter((key) => kid === undefined || key.kid === undefined || key.kid === kid);
}

interface ShownAssertion {
  readonly assertion: string;
  readonly agent: string;
  readonly kid: string | undefined;
}

type KeysAt = (address: string) => Promise<readonly PublicJwk[]>;

/** Client assertions for this server (RFC 7523), and the keys they may be signed with. */
export class Assertions {
  constructor(
    private readonly audience: readonly string[],
    private readonly agentKeys: AgentKeys,
  ) {}

  /** Which of these credentials signed the assertion. Its single use is not asked here. */
  async prove(
    credentials: readonly LiveCredential[],
    assertion: string,
    agent: string,
  ): Promise<ProvedAssertion | undefined> {
    const said = assertion.length > longestAssertion ? {} : headerOf(assertion);
    const shown = { assertion, agent, kid: said.kid };
    const known = await candidatesOf(credentials, said, (address) => this.agentKeys.at(address));
    const proved = await this.#proveBy(known, shown);
    const published = credentials.filter(({ jwksUri }) => jwksUri !== null);
    if (proved !== undefined || published.length === 0) return proved;
    const newer = await candidatesOf(published, said, async (address) => {
      const held = await this.agentKeys.at(address);
      const isHeld = said.kid !== undefined && held.some(({ kid }) => kid === said.kid);
      const newer = isHeld ? held : await this.agentKeys.newerAt(address);
      return newer === held ? [] : newer;
    });
    return newer.length === 0 ? undefined : this.#proveBy(newer, shown);
  }

  async #proveBy(
    candidates: readonly Candidate[],
    { assertion, agent, kid }: ShownAssertion,
  ): Promise<ProvedAssertion | undefined> {
    const nobody = nobodysKey === undefined ? [] : [{ credential: '', jwk: nobodysKey }];
    for (const { credential, jwk } of candidates.length > 0 ? candidates.slice(0, mostKeys) : nobody) {
      const payload = await payloadOf(assertion, jwk, algorithmOf(jwk), agent, [...this.audience]);
      if (payload?.jti !== undefined && payload.exp !== undefined && credential !== '')
        return {
          credential,
          jwk: { ...jwk, ...(kid === undefined ? {} : { kid }) },
          jti: payload.jti,
          expiresAt: payload.exp,
        };
    }
    return undefined;
  }
}

/** The keys of these credentials that the assertion could be signed with, by what its header says. */
async function candidatesOf(
  credentials: readonly LiveCredential[],
  { alg, kid }: AssertionHeader,
  keysAt: KeysAt,
): Promise<Candidate[]> {
  const found = await Promise.all(
    credentials.map(async ({ id, publicJwk, jwksUri }) => {
      const own = readPublicJwk(publicJwk);
      const keys = jwksUri === null ? (own === undefined ? [] : [own]) : named(await keysAt(jwksUri), kid);
      return keys.filter((jwk) => algorithmOf(jwk) === alg).map((jwk) => ({ credential: id, jwk }));
    }),
  );
  return found.flat();
}
