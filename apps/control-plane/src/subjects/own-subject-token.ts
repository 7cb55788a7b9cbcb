import { createPrivateKey, createPublicKey, randomUUID, type KeyObject } from 'node:crypto';
import { ownIssuerId, tokenWords } from '@portcullis/contracts';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { TokenKey } from '../keys/token-keys.js';

export const subjectTokenLifeSeconds = 300;

export interface OwnSubjectRequest {
  readonly issuer: string;
  readonly person: string;
  /** The one agent that may act for the person (RFC 8693 section 4.4). */
  readonly agent: string;
}

export interface OwnSubjectToken {
  readonly subjectToken: string;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly jti: string;
}

export async function signOwnSubjectToken(
  { issuer, person, agent }: OwnSubjectRequest,
  { kid, privateJwk }: TokenKey,
  now = Date.now(),
): Promise<OwnSubjectToken> {
  const iat = Math.floor(now / 1000);
  const exp = iat + subjectTokenLifeSeconds;
  const jti = randomUUID();
  const said = { iss: issuer, aud: issuer, sub: `${ownIssuerId}:${person}`, iat, exp, jti, may_act: { sub: agent } };
  const subjectToken = await new SignJWT(said)
    .setProtectedHeader({ alg: 'ES256', typ: tokenWords.ownSubjectType, kid })
    .sign(createPrivateKey({ key: privateJwk, format: 'jwk' }));
  return { subjectToken, expiresAt: exp * 1000, jti };
}

const claimsSchema = z.object({
  sub: z.templateLiteral([`${ownIssuerId}:`, z.string().min(1).max(255)]),
  exp: z.number(),
  jti: z.string().min(1),
  may_act: z.object({ sub: z.string().min(1) }),
});

/** Throws where it is not ours, has ended, or is another kind of token. Whether the person still stands is asked elsewhere. */
export async function readOwnSubjectToken(token: string, issuer: string, tokenKeys: readonly TokenKey[]) {
  const { payload } = await jwtVerify(token, ({ kid }) => publicHalf(tokenKeys, kid), {
    algorithms: ['ES256'],
    typ: tokenWords.ownSubjectType,
    issuer,
    audience: issuer,
    maxTokenAge: subjectTokenLifeSeconds,
  });
  const { sub: user, exp, may_act: mayAct } = claimsSchema.parse(payload);
  return { user, person: user.slice(ownIssuerId.length + 1), agent: mayAct.sub, endsAt: exp * 1000 };
}

const publicHalves = new WeakMap<TokenKey, KeyObject>();

function publicHalf(tokenKeys: readonly TokenKey[], kid: string | undefined): KeyObject {
  const key = tokenKeys.find((known) => known.kid === kid);
  if (key === undefined) throw new Error('no token key of ours has this kid');
  const half = publicHalves.get(key) ?? createPublicKey({ key: key.privateJwk, format: 'jwk' });
  publicHalves.set(key, half);
  return half;
}
