/**
 * What lets a guard enrol once: an id and a secret that the control plane checks, and the SHA-256 of the root key, by
 * which the guard knows the control plane (protocol F2). As text: `pcj_<id>.<secret>.<rootHash>`, each part base64url.
 */
export interface JoinToken {
  readonly id: string;
  readonly secret: string;
  /** base64url SHA-256 of the root public key's SPKI DER. */
  readonly rootHash: string;
}

/** A join token as text, for a person to hand to a guard's host. It holds a secret: never log it. */
export function formatJoinToken(token: JoinToken): string {
  return `pcj_${token.id}.${token.secret}.${token.rootHash}`;
}

/** Reads a join token's text; `undefined` when it is not one (it says nothing about whether the control plane will take it). */
export function parseJoinToken(text: string): JoinToken | undefined {
  const match = /^pcj_([A-Za-z0-9_-]{8,64})\.([A-Za-z0-9_-]{32,64})\.([A-Za-z0-9_-]{43})$/.exec(text.trim());
  const [, id, secret, rootHash] = match ?? [];
  return id && secret && rootHash ? { id, secret, rootHash } : undefined;
}
