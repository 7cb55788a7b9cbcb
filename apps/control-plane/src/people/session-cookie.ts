import type { Config } from '../platform/config.js';

/** `__Host-` demands Secure, and a browser keeps no Secure cookie of a plain-HTTP page: loopback has a name of its own. */
export function sessionCookie(config: Pick<Config, 'publicUrl'>): { readonly name: string; readonly secure: boolean } {
  const secure = config.publicUrl.startsWith('https:');
  return { name: secure ? '__Host-portcullis' : 'portcullis', secure };
}

/** Readable by the console, so that it can send the token back as a header after a reload. */
export function csrfCookie(token: string, secure: boolean, maxAgeSeconds: number): string {
  return `portcullis-csrf=${token}; Path=/; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;
}
