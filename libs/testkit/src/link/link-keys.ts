import { createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { domains, formatJoinToken, type Generation, type KeySet, type SignedText } from '@portcullis/contracts';
import { publicKeyHash, signText } from '@portcullis/contracts/signed';

/** A key with its id. */
export interface NamedKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

const never = Date.UTC(9999, 0, 1);

function publicEntry({ kid, privateKey }: NamedKey) {
  return { kid, jwk: { ...createPublicKey(privateKey).export({ format: 'jwk' }) }, notBefore: 0, notAfter: never };
}

/** A new Ed25519 key. */
export function newFeedKey(kid: string): NamedKey {
  return { kid, privateKey: generateKeyPairSync('ed25519').privateKey };
}

/** A new P-256 key. */
export function newTokenKey(kid: string): NamedKey {
  return { kid, privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
}

/** The keys of a control plane, really made and really used. */
export class LinkKeys {
  readonly root = newFeedKey('root');
  readonly issuer: string;
  feed = newFeedKey('feed-1');
  token = newTokenKey('token-1');
  /** Token keys in the set beside `token`: published before they sign, or kept while what they signed lives. */
  otherTokenKeys: readonly NamedKey[] = [];
  number = 1;

  constructor(issuer: string) {
    this.issuer = issuer;
  }

  /** SPKI DER of the root's public half, base64url. */
  get rootKey(): string {
    return createPublicKey(this.root.privateKey).export({ type: 'spki', format: 'der' }).toString('base64url');
  }

  /** The key set as it is now, signed by the root key, or by another to see it refused. */
  keySet(generation: Generation, signedBy: KeyObject = this.root.privateKey): SignedText {
    const keySet: KeySet = {
      v: 1,
      number: this.number,
      issuer: this.issuer,
      generation,
      feedKeys: [publicEntry(this.feed)],
      tokenKeys: [this.token, ...this.otherTokenKeys].map(publicEntry),
    };
    return signText(domains.keySet, JSON.stringify(keySet), signedBy);
  }

  /** New feed and token keys in a key set of the next number. */
  rotate(): void {
    this.number += 1;
    this.feed = newFeedKey(`feed-${this.number}`);
    this.token = newTokenKey(`token-${this.number}`);
  }

  /** A join token that names this root key. */
  newJoinToken(): { readonly id: string; readonly secret: string; readonly text: string } {
    const id = randomBytes(9).toString('base64url');
    const secret = randomBytes(32).toString('base64url');
    const rootHash = publicKeyHash(createPublicKey(this.root.privateKey));
    return { id, secret, text: formatJoinToken({ id, secret, rootHash }) };
  }
}
