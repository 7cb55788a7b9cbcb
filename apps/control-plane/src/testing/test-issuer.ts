import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { TestTlsServer } from './test-tls-server.js';

/** An OIDC issuer on a TLS server: metadata, keys, and tokens about its users. */
export class TestIssuer {
  readonly address: string;
  key: KeyObject;
  kid = 'k1';
  keys: object[] = [];

  constructor(
    readonly server: TestTlsServer,
    path = '',
  ) {
    this.address = `${server.origin}${path}`;
    this.key = this.publish();
    server.json(`${path}/.well-known/openid-configuration`, () => ({
      issuer: this.address,
      jwks_uri: `${this.address}/jwks`,
    }));
    server.json(`${path}/jwks`, () => ({ keys: this.keys }));
  }

  /** A new key in place of those before. */
  publish(kid = 'k1'): KeyObject {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.keys = [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }];
    this.kid = kid;
    this.key = privateKey;
    return privateKey;
  }

  /** A token about `ada` for `portcullis`, good for five minutes; `claims` and `header` replace what it would say. */
  token(claims: object = {}, header: object = {}, key: KeyObject | Uint8Array = this.key): Promise<string> {
    const iat = Math.floor(Date.now() / 1000);
    const said = { iss: this.address, aud: 'portcullis', sub: 'ada', iat, exp: iat + 300 };
    return new SignJWT({ ...said, ...claims }).setProtectedHeader({ alg: 'ES256', kid: this.kid, ...header }).sign(key);
  }
}
