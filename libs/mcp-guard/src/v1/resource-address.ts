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

/** The host's own word (`resource` in the options) goes before what the control plane says; unknown until one of them speaks. */
export function resourceAddress(guard: Pick<Guard, 'server'>, own: string | undefined): ResourceAddress | undefined {
  const text = own ?? guard.server?.resource;
  if (text === undefined) return undefined;
  const url = new URL(text);
  return {
    resource: text,
    hostname: url.hostname,
    origin: url.origin,
    metadataPath: `/.well-known/oauth-protected-resource${url.pathname === '/' ? '' : url.pathname}`,
    isLocal: isLocalName(url.hostname),
  };
}
