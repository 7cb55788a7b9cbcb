import { importJWK } from 'jose';
import type { AssertionAlgorithm, PublicJwk } from './public-jwk.js';

type OpenedKey = Awaited<ReturnType<typeof importJWK>>;

const mostOpen = 1000;
const opened = new Map<string, Promise<OpenedKey>>();

/**
 * A public key ready for use, opened once for all who present it: otherwise a known agent's refusal takes longer than that of
 * one who does not exist, by the opening of a key. Kept by its content, the oldest going first.
 */
export function openedKey(jwk: PublicJwk, alg: AssertionAlgorithm): Promise<OpenedKey> {
  const name = `${alg} ${JSON.stringify(jwk)}`;
  const known = opened.get(name);
  if (known !== undefined) return known;
  const opening = importJWK(jwk, alg);
  opened.set(name, opening);
  opening.catch(() => opened.delete(name));
  const [oldest] = opened.keys();
  if (opened.size > mostOpen && oldest !== undefined) opened.delete(oldest);
  return opening;
}
