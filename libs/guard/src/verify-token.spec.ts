import { generateKeyPairSync } from 'node:crypto';
import { agentStop, scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
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
      'is signed with the public key as a secret',
      'token_invalid',
      () => resigned({ alg: 'HS256', typ: 'at+jwt', kid: 'token-1' }, Buffer.alloc(32, 1)),
    ],
    ['is not signed', 'token_invalid', () => new UnsecuredJWT({ agent: 'cs-prod' }).encode()],
  ])('is refused when it %s', async (_what, reason, token) => {
    expect(await guard.verify(await token())).toMatchObject({ refused: reason });
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

function otherKey(namedCurve: string) {
  return generateKeyPairSync('ec', { namedCurve }).privateKey;
}
