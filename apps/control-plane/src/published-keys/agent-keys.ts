import type { FetchPublic } from '../platform/fetch-public.js';
import type { Log } from '../platform/log.js';
import { readPublicJwk, type PublicJwk } from '../tokens/public-jwk.js';
import { KeyCache, type KeySource } from './key-cache.js';
import { KeySetRefusal } from './key-set-refusal.js';
import { readKeySet } from './read-key-set.js';

const mostKeys = 16;

/** Reads the keys that an agent publishes. Throws `FetchRefusal` or `KeySetRefusal`. */
export async function readAgentKeys(fetchPublic: FetchPublic, address: string): Promise<readonly PublicJwk[]> {
  const keys = readKeySet(await fetchPublic(address), mostKeys).flatMap((key) => readPublicJwk(key) ?? []);
  if (keys.length === 0) throw new KeySetRefusal('no_usable_key');
  return keys;
}

/** The keys that agents publish at the addresses of their credentials. */
export class AgentKeys {
  private readonly cache: KeyCache<readonly PublicJwk[]>;

  constructor(
    private readonly fetchPublic: FetchPublic,
    log: Log,
    now?: () => number,
  ) {
    this.cache = new KeyCache(log, now);
  }

  async at(address: string): Promise<readonly PublicJwk[]> {
    return (await this.cache.keysOf(this.#source(address))) ?? [];
  }

  /** Read again, unless that was done within the last 30 seconds. */
  async newerAt(address: string): Promise<readonly PublicJwk[]> {
    return (await this.cache.newerKeysOf(this.#source(address))) ?? [];
  }

  #source(address: string): KeySource<readonly PublicJwk[]> {
    return { name: address, read: () => readAgentKeys(this.fetchPublic, address) };
  }
}
