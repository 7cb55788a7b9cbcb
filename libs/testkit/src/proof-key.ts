import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** What a proof is made for. `claims` and `header` take the place of what a good one says; `undefined` leaves a member out. */
export interface ProofOf {
  readonly token: string;
  readonly url: string;
  readonly method?: string;
  readonly nonce?: string | undefined;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** The key pair of a client that proves its possession (RFC 9449). */
export class ProofKey {
  private constructor(
    readonly alg: string,
    readonly jwk: JWK,
    /** RFC 7638: what `cnf.jkt` of its tokens says. */
    readonly thumbprint: string,
    readonly privateKey: CryptoKey,
  ) {}

  /** Default: ES256. */
  static async make(alg = 'ES256'): Promise<ProofKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = await exportJWK(publicKey);
    return new ProofKey(alg, jwk, await calculateJwkThumbprint(jwk), privateKey);
  }

  /** A proof, good unless the test says otherwise. Its `iat` is this machine's time. */
  proof({ token, url, method = 'POST', nonce, claims = {}, header = {} }: ProofOf): Promise<string> {
    return new SignJWT({
      jti: randomUUID(),
      htm: method,
      htu: url,
      iat: Math.floor(Date.now() / 1000),
      ath: createHash('sha256').update(token).digest('base64url'),
      ...(nonce !== undefined && { nonce }),
      ...claims,
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: this.alg, jwk: this.jwk, ...header })
      .sign(this.privateKey);
  }
}
