export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
  readonly kid: string;
}
export interface KeyPair {
  /** What the control plane gets. */
  readonly publicJwk: PublicJwk;
  /** What the agent gets: stays in this browser until the person takes it away. */
  readonly privateJwk: PublicJwk & { readonly d: string };
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** False on plain HTTP beyond loopback, where browsers offer no WebCrypto. */
export function canMakeKeyPairs(): boolean {
  return typeof globalThis.crypto?.subtle?.generateKey === 'function';
}

export async function makeKeyPair(): Promise<KeyPair> {
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  if (x === undefined || y === undefined || d === undefined) throw new Error('the browser exported no P-256 key');
  const publicJwk = { kty: 'EC', crv: 'P-256', x, y, alg: 'ES256', use: 'sig', kid: await thumbprint(x, y) } as const;
  return { publicJwk, privateJwk: { ...publicJwk, d } };
}

/** RFC 7638: the required members in lexical order, SHA-256, base64url. */
async function thumbprint(x: string, y: string): Promise<string> {
  const canonical = JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
