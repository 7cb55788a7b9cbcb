import { userIdSchema } from '@portcullis/contracts';
import { decodeProtectedHeader, errors, importJWK, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import type { IssuerKeys } from '../published-keys/issuer-keys.js';
import type { PublishedKey } from '../published-keys/read-key-set.js';

/** An issuer as its row says, enabled. */
export interface TrustedIssuer {
  readonly id: string;
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string | null;
}

const algorithms = [
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  ...['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
];
/** Closed, so that an access token (`at+jwt`), a logout token or a proof of any kind is never a subject. */
const types: readonly (string | undefined)[] = [undefined, 'jwt', 'application/jwt'];
const clockToleranceSeconds = 10;
const longestLifeSeconds = 24 * 3600;

const claimsSchema = z
  .object({
    sub: z.string(),
    exp: z.number(),
    iat: z.number(),
    may_act: z.object({ sub: z.string().min(1) }).optional(),
    cnf: z.undefined('it is bound to a key').optional(),
    events: z.undefined('it tells of an event').optional(),
  })
  .refine(({ iat, exp }) => exp - iat <= longestLifeSeconds, 'it is good for more than a day');

interface Header {
  readonly alg: string;
  readonly kid: string | undefined;
}

function headerOf(token: string): Header {
  const { alg = '', kid, typ } = decodeProtectedHeader(token);
  if (!types.includes(typ?.toLowerCase())) throw new Error('its typ is not that of a subject token');
  if (!algorithms.includes(alg)) throw new Error('its alg is not taken');
  return { alg, kid: typeof kid === 'string' ? kid : undefined };
}

async function payloadBy(
  keys: readonly PublishedKey[],
  token: string,
  { alg, kid }: Header,
  { issuer, audience }: TrustedIssuer,
): Promise<JWTPayload | undefined> {
  const isMeant = (key: PublishedKey) =>
    (kid === undefined || key.kid === undefined || key.kid === kid) && (key.alg === undefined || key.alg === alg);
  for (const key of keys.filter(isMeant)) {
    try {
      const options = { algorithms: [alg], issuer, audience, clockTolerance: clockToleranceSeconds };
      return (await jwtVerify(token, await importJWK(key, alg), { ...options, maxTokenAge: longestLifeSeconds }))
        .payload;
    } catch (error) {
      if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) throw error;
    }
  }
  if (kid !== undefined && keys.some((key) => key.kid === kid)) throw new Error('its signature is not right');
  return undefined;
}

/** Who the token is about, by a key of its issuer. Throws whatever is wrong with it, in words for the log. */
export async function readExternalSubjectToken(token: string, issuer: TrustedIssuer, issuerKeys: IssuerKeys) {
  const header = headerOf(token);
  const held = await issuerKeys.of(issuer);
  const payload =
    (await payloadBy(held, token, header, issuer)) ??
    (await payloadBy(await issuerKeys.newerOf(issuer), token, header, issuer));
  if (payload === undefined) throw new Error('no key of its issuer signed it');
  const { sub, exp, may_act: mayAct } = claimsSchema.parse(payload);
  if (exp * 1000 <= Date.now()) throw new Error('it has expired');
  return { user: userIdSchema.parse(`${issuer.id}:${sub}`), endsAt: exp * 1000, mayAct: mayAct?.sub };
}
