// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { inputOf, PublicKeyProblem } from './credential-kinds.js';
import { makeKeyPair } from './key-pair.js';

describe('what is sent for a credential', () => {
  it('holds the public half only of a pair made here', async () => {
    const { key, pair } = await inputOf('made-here', '');

    expect(pair?.privateJwk.d).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(key)).not.toContain('"d"');
    expect(JSON.stringify(key)).not.toContain(pair?.privateJwk.d);
  });

  it('is the pasted public key', async () => {
    const { publicJwk } = await makeKeyPair();

    expect((await inputOf('jwk', JSON.stringify(publicJwk))).key).toEqual({ kind: 'private_key_jwt', publicJwk });
  });

  it('is the address alone of keys that are published elsewhere', async () => {
    expect((await inputOf('jwks', ' https://desk.example/jwks.json ')).key).toEqual({
      kind: 'private_key_jwt',
      jwksUri: 'https://desk.example/jwks.json',
    });
  });

  it.each([
    ['a private key', async () => JSON.stringify((await makeKeyPair()).privateJwk)],
    ['a symmetric key', () => '{"kty":"oct","k":"AAAA"}'],
    ['text that is not JSON', () => 'ssh-ed25519 AAAA'],
    ['JSON that is no key', () => '["kty"]'],
    ['null', () => 'null'],
  ])('is nothing when %s is pasted', async (_what, text) => {
    await expect(inputOf('jwk', await text())).rejects.toBeInstanceOf(PublicKeyProblem);
  });
});
