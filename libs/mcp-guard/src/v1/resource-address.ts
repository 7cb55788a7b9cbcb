import type { Guard } from '@portcullis/guard';

/** Where a protected resource is, and where its RFC 9728 metadata is. */
export interface ResourceAddress {
  readonly resource: string;
  readonly hostname: string;
  readonly origin: string;
  readonly metadataPath: string;
  readonly isLocal: boolean;
}

const localNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a host name, as the URL API writes it, is this machine. */
export function isLocalName(hostname: string): boolean {
  return localNames.has(hostname);
}

let latest: ResourceAddress | undefined;

/** The host's own word (`resource` in the options) goes before what the control plane says; unknown until one of them speaks. */
export function resourceAddress(guard: Pick<Guard, 'server'>, own: string | undefined): ResourceAddress | undefined {
  const text = own ?? guard.server?.resource;
  if (text === undefined) return undefined;
  if (latest?.resource !== text) latest = addressOf(text);
  return latest;
}

function addressOf(resource: string): ResourceAddress {
  const { hostname, origin, pathname } = new URL(resource);
  const metadataPath = `/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`;
  return { resource, hostname, origin, metadataPath, isLocal: isLocalName(hostname) };
}
