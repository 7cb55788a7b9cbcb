import { z } from 'zod';
import type { FetchPublic } from '../platform/fetch-public.js';
import type { Log } from '../platform/log.js';
import { KeyCache, type KeySource } from './key-cache.js';
import { KeySetRefusal } from './key-set-refusal.js';
import { readKeySet, type PublishedKey } from './read-key-set.js';

/** Where an OIDC issuer says what its keys are. Without `jwksUri` its metadata names the address (OpenID Connect Discovery). */
export interface IssuerAddress {
  readonly issuer: string;
  readonly jwksUri: string | null;
}

const mostKeys = 64;
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

async function keyAddressOf(fetchPublic: FetchPublic, { issuer, jwksUri }: IssuerAddress): Promise<string> {
  if (jwksUri !== null) return jwksUri;
  const told = await fetchPublic(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const metadata = metadataSchema.safeParse(told);
  if (!metadata.success) throw new KeySetRefusal('not_metadata');
  if (metadata.data.issuer !== issuer) throw new KeySetRefusal('other_issuer');
  return metadata.data.jwks_uri;
}

/** Reads the keys of an issuer. Throws `FetchRefusal` or `KeySetRefusal`. */
export async function readIssuerKeys(
  fetchPublic: FetchPublic,
  address: IssuerAddress,
): Promise<readonly PublishedKey[]> {
  const keys = readKeySet(await fetchPublic(await keyAddressOf(fetchPublic, address)), mostKeys);
  if (keys.length === 0) throw new KeySetRefusal('no_usable_key');
  return keys;
}

/** The keys of the issuers whose users agents may act for. */
export class IssuerKeys {
  private readonly cache: KeyCache<readonly PublishedKey[]>;

  constructor(
    private readonly fetchPublic: FetchPublic,
    log: Log,
    now?: () => number,
  ) {
    this.cache = new KeyCache(log, now);
  }

  async of(address: IssuerAddress): Promise<readonly PublishedKey[]> {
    return (await this.cache.keysOf(this.#source(address))) ?? [];
  }

  /** Read again, unless that was done within the last 30 seconds. */
  async newerOf(address: IssuerAddress): Promise<readonly PublishedKey[]> {
    return (await this.cache.newerKeysOf(this.#source(address))) ?? [];
  }

  #source({ issuer, jwksUri }: IssuerAddress): KeySource<readonly PublishedKey[]> {
    return {
      name: jwksUri === null ? issuer : `${issuer} ${jwksUri}`,
      read: () => readIssuerKeys(this.fetchPublic, { issuer, jwksUri }),
    };
  }
}
