import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGuard } from './create-guard.js';
import { buildDesk } from './testing/desk-server.js';
import { ProtectedDesk, research } from './testing/protected-desk.js';
import { initialize, openRaw, post } from './testing/raw-session.js';

let desk: ProtectedDesk;
beforeEach(async () => {
  desk = await ProtectedDesk.open();
});
afterEach(() => desk.close());

const metadataUrl = (): string => `${desk.origin}/.well-known/oauth-protected-resource/mcp`;
const dpopChallenge = (metadata: string): string =>
  `DPoP algs="ES256 ES384 Ed25519 EdDSA PS256 RS256", resource_metadata="${metadata}"`;
const knock = (headers: Record<string, string> = {}): Promise<Response> => post(desk.url, initialize, headers);
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** `fetch` sets Host and Origin itself; this does not. */
function knockAs(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(desk.url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end();
  });
}

describe('a request without a good token', () => {
  it('gets 401 with the way to the metadata, and no error code when it brings no token', async () => {
    for (const headers of [{}, { authorization: 'Basic YTpi' }] as Record<string, string>[]) {
      const response = await knock(headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe(
        `Bearer resource_metadata="${metadataUrl()}", ${dpopChallenge(metadataUrl())}`,
      );
    }
    expect(desk.record.built).toBe(1);
  });

  it('gets the same answer whatever is wrong with the token', async () => {
    const tokens = [
      'nonsense',
      await desk.link.token({ aud: 'http://localhost:1/mcp' }),
      await desk.link.token({ exp: 1 }),
      await desk.link.token({ iss: 'http://elsewhere' }),
      await desk.link.token({ credential: 'unknown' }),
      await desk.link.token({ agent: 'unknown' }),
    ];
    const answers = await Promise.all(
      tokens.map(async (token) => {
        const response = await knock(bearer(token));
        return [response.status, response.headers.get('www-authenticate'), await response.text()];
      }),
    );
    const challenge = `Bearer resource_metadata="${metadataUrl()}", error="invalid_token", error_description="The access token is invalid, expired or revoked", ${dpopChallenge(metadataUrl())}`;
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.slice(0, 2)).toEqual([401, challenge]);
    expect(desk.record.built).toBe(1);
  });

  it('takes no token from the address or the body', async () => {
    const token = await desk.link.token();
    expect((await post(`${desk.url}?access_token=${token}`, { ...initialize, access_token: token })).status).toBe(401);
  });

  it('P-F6 is asked again on every request: a session whose credential was revoked is out', async () => {
    const headers = await openRaw(desk.url, await desk.link.token());
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    expect((await post(desk.url, list, headers)).status).toBe(200);
    desk.link.commit({
      kind: 'credential',
      id: 'cs-prod-secret',
      value: { agent: 'cs-prod', status: 'revoked', expiresAt: null },
    });
    await waitFor(() => desk.guard.revision === 2, { what: 'the revocation applied' });
    expect((await post(desk.url, list, headers)).status).toBe(401);
    expect((await knock(bearer(await desk.link.token(research)))).status).toBe(200);
  });
});

describe('the metadata of the protected resource', () => {
  it('is answered by the host’s application although only /mcp was mounted', async () => {
    await knock();
    const response = await fetch(metadataUrl());
    expect(await response.json()).toEqual({
      resource: desk.url,
      authorization_servers: ['http://localhost:4000'],
      bearer_methods_supported: ['header'],
      dpop_signing_alg_values_supported: ['ES256', 'ES384', 'Ed25519', 'EdDSA', 'PS256', 'RS256'],
      scopes_supported: ['task:lookup'],
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is 503 while the guard knows no issuer, as is every request', async () => {
    await desk.link.cut();
    const options = { url: desk.link.url, joinToken: desk.link.newJoinToken(), state: `${desk.stateFolder}/other` };
    const lonely = await createGuard({ ...options, resource: 'http://localhost:1/mcp' });
    const other = await ProtectedDesk.serve(lonely);
    const answers = [
      await post(other.url, initialize, bearer(await desk.link.token())),
      await fetch(`${other.origin}/metadata`),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
      [503, '3'],
      [503, '3'],
    ]);
    other.http.close();
    await lonely.close();
  });
});

describe('a host that is not Express', () => {
  it('is protected alike, and answers for the metadata on the protected path itself', async () => {
    const endpoint = desk.guard.protect(() => buildDesk(desk.record));
    const plain = createServer((request, response) => void endpoint(request, response));
    await new Promise<void>((resolve) => plain.listen(0, resolve));
    const url = `http://localhost:${(plain.address() as AddressInfo).port}/mcp`;
    const refused = await post(url, initialize);
    const metadata = await fetch(`${url}?oauth-protected-resource`);
    const taken = await post(url, initialize, bearer(await desk.link.token()));
    plain.close();
    plain.closeAllConnections();
    expect(refused.headers.get('www-authenticate')).toBe(
      `Bearer resource_metadata="${desk.url}?oauth-protected-resource", ${dpopChallenge(`${desk.url}?oauth-protected-resource`)}`,
    );
    expect(await metadata.json()).toMatchObject({ resource: desk.url });
    expect([refused.status, taken.status]).toEqual([401, 200]);
  });
});

describe('a web page that reaches for this machine', () => {
  it('is refused by its Host or its Origin, before any token is looked at', async () => {
    const port = new URL(desk.url).port;
    expect(await knockAs({ host: 'evil.example' })).toBe(403);
    expect(await knockAs({ host: `evil.example:${port}` })).toBe(403);
    expect(await knockAs({ host: `localhost:${port}`, origin: 'https://evil.example' })).toBe(403);
    expect(await knockAs({ host: `localhost:${port}`, origin: 'null' })).toBe(403);
    expect(await knockAs({ host: `127.0.0.1:${port}`, origin: 'http://localhost:5173' })).toBe(401);
  });
});
