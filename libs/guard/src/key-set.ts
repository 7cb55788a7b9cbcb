import { createPublicKey, type KeyObject } from 'node:crypto';
import { domains, keySetSchema, type KeySet, type SignedText } from '@portcullis/contracts';
import { isSignedBy, publicKeyFromJwk, publicKeyHash } from '@portcullis/contracts/signed';
import { tokenKeysOf, type TokenKey } from './token-key.js';

/** The root key from its SPKI DER, base64url, if it hashes to what the join token said (protocol F2). */
export function rootKeyOf(spki: string, rootHash: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
    return publicKeyHash(key) === rootHash ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The key set in a signed text if the root key signed it, else `undefined`. */
export function openKeySet(text: SignedText, rootKey: KeyObject): KeySet | undefined {
  if (!isSignedBy(domains.keySet, text, rootKey)) return undefined;
  try {
    return keySetSchema.parse(JSON.parse(text.payload));
  } catch {
    return undefined;
  }
}

/** The key set in hand, with its keys ready to verify. It is replaced only by one that the root signed with a higher number (protocol D4). */
export class HeldKeySet {
  readonly #rootKey: KeyObject;
  #set: KeySet;
  #tokenKeys: ReadonlyMap<string, TokenKey>;
  #feedKeys: ReadonlyMap<string, { readonly key: KeyObject; readonly notBefore: number; readonly notAfter: number }>;

  constructor(rootKey: KeyObject, set: KeySet) {
    this.#rootKey = rootKey;
    this.#set = set;
    this.#feedKeys = feedKeysOf(set);
    this.#tokenKeys = tokenKeysOf(set);
  }

  get current(): KeySet {
    return this.#set;
  }

  /** The keys that may have signed a token, by id; when is for whoever uses one. */
  get tokenKeys(): ReadonlyMap<string, TokenKey> {
    return this.#tokenKeys;
  }

  /** Takes a newer key set. Says whether it did. */
  offer(text: SignedText): boolean {
    const set = openKeySet(text, this.#rootKey);
    if (!set || set.number <= this.#set.number) return false;
    this.#set = set;
    this.#feedKeys = feedKeysOf(set);
    this.#tokenKeys = tokenKeysOf(set);
    return true;
  }

  /** The feed key of that id if it is valid at that moment of control time. */
  feedKey(kid: string, at: number): KeyObject | undefined {
    const entry = this.#feedKeys.get(kid);
    return entry && entry.notBefore <= at && at < entry.notAfter ? entry.key : undefined;
  }
}

function feedKeysOf(set: KeySet) {
  return new Map(
    set.feedKeys.map(({ kid, jwk, notBefore, notAfter }) => [kid, { key: publicKeyFromJwk(jwk), notBefore, notAfter }]),
  );
}
