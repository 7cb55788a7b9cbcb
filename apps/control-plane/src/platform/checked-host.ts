import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { FetchRefusal } from './fetch-refusal.js';
import { isPublicAddress } from './public-address.js';

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const lookupAll = promisify(lookup);

export const resolveByDns: Resolve = (host) => lookupAll(host, { all: true, verbatim: true });

export interface HostRules {
  /** `host` or `host:port`, in lower case, that may have addresses which are not public. */
  readonly internalHosts: readonly string[];
  readonly resolve: Resolve;
}

/** As `node:net` takes it: an IPv6 address without its brackets. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function isInternal({ hostname, port }: URL, internalHosts: readonly string[]): boolean {
  return internalHosts.includes(hostname) || internalHosts.includes(`${hostname}:${port || '443'}`);
}

/** Every address of the host, asked for once. One that is not public spoils them all, unless an operator allows the host. */
export async function checkedAddresses(url: URL, { internalHosts, resolve }: HostRules): Promise<LookupAddress[]> {
  const host = bareHost(url);
  const family = isIP(host);
  const found = family === 0 ? await resolved(host, resolve) : [{ address: host, family }];
  if (found.length === 0) throw new FetchRefusal('name_unresolved');
  const isAllowed = isInternal(url, internalHosts) || found.every(({ address }) => isPublicAddress(address));
  if (!isAllowed) throw new FetchRefusal('not_public');
  return [...found];
}

async function resolved(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
  try {
    return await resolve(host);
  } catch (cause) {
    throw new FetchRefusal('name_unresolved', { cause });
  }
}

/** A lookup that knows one answer: what was checked is what is connected to, whatever the name says by then. */
export function pinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else if (first === undefined) done(new Error('no address'), '');
    else done(null, first.address, first.family);
  };
}
