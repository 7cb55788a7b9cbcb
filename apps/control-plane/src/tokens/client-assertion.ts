import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, importJWK, jwtVerify, type JWTPayload } from 'jose';
import type { LiveCredential } from '../credentials/live-credentials.js';
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

function headerOf(assertion: string): { readonly alg?: string; readonly kid?: string } {
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
    const { payload } = await jwtVerify(assertion, await importJWK(jwk, alg), {
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

/** Which of these credentials signed the assertion for this server. Its single use is not asked here. */
export async function proveAssertion(
  credentials: readonly LiveCredential[],
  assertion: string,
  agent: string,
  audience: readonly string[],
): Promise<ProvedAssertion | undefined> {
  const { alg, kid } = assertion.length > longestAssertion ? {} : headerOf(assertion);
  const own: Candidate[] = credentials.flatMap(({ id, publicJwk }) => {
    const jwk = readPublicJwk(publicJwk);
    return jwk && algorithmOf(jwk) === alg ? [{ credential: id, jwk }] : [];
  });
  const nobody = nobodysKey === undefined ? [] : [{ credential: '', jwk: nobodysKey }];
  for (const { credential, jwk } of own.length > 0 ? own.slice(0, mostKeys) : nobody) {
    const payload = await payloadOf(assertion, jwk, algorithmOf(jwk), agent, [...audience]);
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
