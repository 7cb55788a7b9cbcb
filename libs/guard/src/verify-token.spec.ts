import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { agentStop, scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reasonOf, started } from './started.fixture.js';
import type { Guard } from './types.js';

let link: ScriptedLink;
let guard: Guard;

beforeEach(async () => {
  link = await scriptedLink();
  ({ guard } = await started(link));
});
afterEach(async () => {
  await guard.close();
  await link.close();
});

/** The claims of a good token under another header and key. */
async function resigned(
  header: { alg: string; typ?: string; kid?: string },
  key: Parameters<SignJWT['sign']>[0],
): Promise<string> {
  const [, payload = ''] = (await link.token()).split('.');
  return new SignJWT(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
    .setProtectedHeader(header)
    .sign(key);
}

describe('a bearer token', () => {
  it('is taken when the token endpoint issued it for this server', async () => {
    expect(await guard.verify(await link.token())).toMatchObject({ claims: { agent: 'cs-prod', role: 'support' } });
  });

  it.each<[string, string, () => string | Promise<string>]>([
    ['is not a token', 'token_invalid', () => 'nonsense'],
    ['is empty', 'token_invalid', () => ''],
    ['is too long', 'token_invalid', () => 'a'.repeat(9000)],
    ['is for another server', 'wrong_audience', () => link.token({ aud: 'http://localhost:4200/mcp' })],
    ['has another issuer', 'token_invalid', () => link.token({ iss: 'http://elsewhere' })],
    ['has expired', 'token_expired', () => link.token({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['lacks a claim', 'token_invalid', () => link.token({ role: undefined as never })],
    ['is about another environment', 'token_invalid', () => link.token({ environment: 'staging' })],
    ['names two agents', 'token_invalid', () => link.token({ sub: 'research' })],
    [
      'is about an agent nobody knows',
      'agent_suspended',
      () => link.token({ agent: 'ghost', sub: 'ghost', client_id: 'ghost' }),
    ],
    ['names a credential nobody knows', 'credential_revoked', () => link.token({ credential: 'ghost' })],
    [
      'is signed by another key',
      'token_invalid',
      () => resigned({ alg: 'ES256', typ: 'at+jwt', kid: 'token-1' }, otherKey('P-256')),
    ],
    [
      'names a key nobody knows',
      'token_invalid',
      () => resigned({ alg: 'ES256', typ: 'at+jwt', kid: 'x' }, link.keys.token.privateKey),
    ],
    ['names no key', 'token_invalid', () => resigned({ alg: 'ES256', typ: 'at+jwt' }, link.keys.token.privateKey)],
    [
      'is no access token',
      'token_invalid',
      () => resigned({ alg: 'ES256', typ: 'JWT', kid: 'token-1' }, link.keys.token.privateKey),
    ],
    [
      'is signed by another algorithm',
      'token_invalid',
      () => resigned({ alg: 'ES384', typ: 'at+jwt', kid: 'token-1' }, otherKey('P-384')),
    ],
    [
      'is signed by an RSA key',
      'token_invalid',
      () =>
        resigned(
          { alg: 'RS256', typ: 'at+jwt', kid: 'token-1' },
          generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
        ),
    ],
    ['is not signed', 'token_invalid', () => new UnsecuredJWT({ agent: 'cs-prod' }).encode()],
    ['lost its signature', 'token_invalid', async () => `${(await link.token()).split('.').slice(0, 2).join('.')}.`],
    ['is for several servers', 'token_invalid', async () => link.token({ aud: [link.resource, 'x'] as never })],
    ['begins later', 'token_invalid', () => link.token({ nbf: Math.floor(Date.now() / 1000) + 100 } as never)],
    ['has no end', 'token_invalid', () => link.token({ exp: undefined as never })],
    ['has an end that is no number', 'token_invalid', () => link.token({ exp: '9999999999' as never })],
  ])('is refused when it %s', async (_what, reason, token) => {
    expect(await guard.verify(await token())).toMatchObject({ refused: reason });
  });

  it.each(['HS256', 'HS384', 'HS512'])(
    'is refused when the public key, as anybody may write it, was its secret (%s)',
    async (alg) => {
      const publicKey = createPublicKey(link.keys.token.privateKey);
      const jwk = publicKey.export({ format: 'jwk' });
      const spki = publicKey.export({ type: 'spki', format: 'pem' });
      const secrets = [
        spki,
        `${spki}`.trim(),
        publicKey.export({ type: 'spki', format: 'der' }),
        JSON.stringify(jwk),
        jwk.x ?? '',
      ];
      const [, payload = ''] = (await link.token()).split('.');
      for (const secret of secrets) {
        const input = `${partOf({ alg, typ: 'at+jwt', kid: 'token-1' })}.${payload}`;
        const mac = createHmac(`sha${alg.slice(2)}`, secret)
          .update(input)
          .digest('base64url');
        expect(await guard.verify(`${input}.${mac}`)).toMatchObject({ refused: 'token_invalid' });
      }
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['an extension it must understand', { crit: ['exp'], exp: 1 }],
    ['an empty list of such extensions', { crit: [] }],
    ['an unencoded payload', { b64: false, crit: ['b64'] }],
    [
      'a key of its own',
      { jwk: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) },
    ],
    ['a key by address', { jku: 'http://localhost:1/keys' }],
    ['a certificate', { x5c: ['AAAA'] }],
    ['another way of writing its type', { typ: 'application/at+jwt' }],
    ['no type', { typ: undefined }],
    ['several keys', { kid: ['token-1'] }],
    ['a key of no set', { kid: '__proto__' }],
  ])('is refused when its header names %s, although the right key signed it', async (_what, header) => {
    const [, payload = ''] = (await link.token()).split('.');
    const input = `${partOf({ alg: 'ES256', typ: 'at+jwt', kid: 'token-1', ...header })}.${payload}`;
    expect(await guard.verify(signed(input))).toMatchObject({ refused: 'token_invalid' });
  });

  it('whose header names a key twice is read one way only', async () => {
    const [, payload = ''] = (await link.token()).split('.');
    const twice = (first: string, second: string) =>
      Buffer.from(`{"alg":"ES256","typ":"at+jwt","kid":"${first}","kid":"${second}"}`).toString('base64url');
    expect(await guard.verify(signed(`${twice('token-1', 'x')}.${payload}`))).toMatchObject({
      refused: 'token_invalid',
    });
    const foreign = sign('sha256', Buffer.from(`${twice('x', 'token-1')}.${payload}`), {
      key: otherKey('P-256'),
      dsaEncoding: 'ieee-p1363',
    });
    expect(await guard.verify(`${twice('x', 'token-1')}.${payload}.${foreign.toString('base64url')}`)).toMatchObject({
      refused: 'token_invalid',
    });
  });

  it('is refused when any part of it was changed, also after it was taken', async () => {
    const token = await link.token();
    expect(reasonOf(await guard.verify(token))).toBeNull();
    const positions = [...token].flatMap((letter, at) =>
      letter === '.' || at % 7 || at === token.length - 1 ? [] : [at],
    );
    for (const at of positions) {
      const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(await guard.verify(changed)).toMatchObject({ refused: 'token_invalid' });
    }
    for (const changed of [` ${token}`, `${token} `, `${token}=`, `${token}.`, token.replace('.', '..')]) {
      expect(await guard.verify(changed)).toMatchObject({ refused: 'token_invalid' });
    }
  });

  it('never makes the guard throw, whatever is shown as one', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.option(fc.string(), { nil: undefined }), async (text, proof) => {
        const scheme = proof === undefined ? 'bearer' : 'dpop';
        expect(await guard.verify(text, { scheme, proof, method: 'POST', url: link.resource })).toHaveProperty(
          'refused',
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'credential_revoked',
      { kind: 'credential', id: 'cs-prod-secret', value: { agent: 'cs-prod', status: 'revoked', expiresAt: null } },
    ],
    ['agent_suspended', { kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } }],
    ['token_invalid', { kind: 'cut-off', id: 'cs-prod', value: { agent: 'cs-prod' } }],
  ])('P-F6 that was taken before is refused as %s from the swap on', async (reason, object) => {
    const token = await link.token();
    expect(reasonOf(await guard.verify(token))).toBeNull();
    const revision = link.commit(object);
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    expect(await guard.verify(token)).toEqual({ refused: reason });
  });

  it('P-F5 issued after the cut-off is taken', async () => {
    const revision = link.commit({ kind: 'cut-off', id: 'cs-prod', value: { agent: 'cs-prod' } });
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    expect(await guard.verify(await link.token())).toHaveProperty('claims');
  });

  it('P-A6 P-F6 that was taken before is refused once control time passes its end', async () => {
    const token = await link.token();
    expect(reasonOf(await guard.verify(token))).toBeNull();
    link.answers.now = () => Date.now() + 301_000;
    await waitFor(async () => reasonOf(await guard.verify(token)) === 'token_expired', {
      what: 'the end of the token',
    });
  });

  it('is taken while a stop stands, because the stop answers each call', async () => {
    const revision = link.commit(agentStop('e1', 'cs-prod'));
    await waitFor(() => guard.revision === revision, { what: 'the swap' });
    const caller = await guard.verify(await link.token());
    if ('refused' in caller) throw new Error(caller.refused);
    expect(reasonOf(guard.decide(caller, 'list_tickets', {}))).toBe('kill_switch');
  });
});

const partOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by the key that signs tokens, whatever it says. */
function signed(input: string): string {
  const key = link.keys.token.privateKey;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function otherKey(namedCurve: string) {
  return generateKeyPairSync('ec', { namedCurve }).privateKey;
}
