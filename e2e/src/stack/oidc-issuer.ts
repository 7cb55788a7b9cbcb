import { createServer } from 'node:https';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority } from '@portcullis/testkit';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Somebody else's sign-in: metadata and keys over TLS, and ID tokens for whoever is asked for. */
export interface OidcIssuer {
  readonly url: string;
  /** What an installation must be told to reach it: its authority, and that this host may be a private one. */
  readonly env: NodeJS.ProcessEnv;
  idToken(subject: string, claims?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export async function startOidcIssuer(audience: string): Promise<OidcIssuer> {
  const authority = await TestAuthority.create();
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-issuer-'));
  const caFile = join(folder, 'authority.pem');
  await writeFile(caFile, authority.pem);
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'e2e', alg: 'ES256', use: 'sig' };
  let url = '';
  const server = createServer(await authority.certificate(['localhost'], ['127.0.0.1']), (request, response) => {
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
      '/keys': { keys: [jwk] },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  url = `https://${host}`;
  return {
    url,
    env: { NODE_EXTRA_CA_CERTS: caFile, PORTCULLIS_INTERNAL_HOSTS: host },
    idToken: (subject, claims = {}) =>
      new SignJWT({ aud: audience, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'e2e', typ: 'JWT' })
        .setIssuer(url)
        .setSubject(subject)
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime('2 minutes')
        .sign(privateKey),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
