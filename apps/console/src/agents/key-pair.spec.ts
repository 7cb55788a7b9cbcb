// @vitest-environment node
import { calculateJwkThumbprint, importJWK, jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { makeKeyPair } from './key-pair.js';

describe('a key pair made in the browser', () => {
  it('signs with the private half what the public half verifies', async () => {
    const { publicJwk, privateJwk } = await makeKeyPair();

    const signed = await new SignJWT({ sub: 'cs-prod' })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(await importJWK({ ...privateJwk }, 'ES256'));

    const { payload } = await jwtVerify(signed, await importJWK({ ...publicJwk }, 'ES256'));
    expect(payload.sub).toBe('cs-prod');
  });

  it('has a public half without the private number, named by its RFC 7638 thumbprint', async () => {
    const { publicJwk, privateJwk } = await makeKeyPair();

    expect(Object.keys(publicJwk).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(JSON.stringify(publicJwk)).not.toContain(privateJwk.d);
    expect(publicJwk.kid).toBe(await calculateJwkThumbprint({ ...publicJwk }));
  });

  it('is another one each time', async () => {
    const [first, second] = await Promise.all([makeKeyPair(), makeKeyPair()]);

    expect(first.privateJwk.d).not.toBe(second.privateJwk.d);
  });
});
