import type { ServerResponse } from 'node:http';
import { header, sendProblem, type HostRequest } from './http.js';
import { isLocalName, type ResourceAddress } from './resource-address.js';

/**
 * Refuses what a web page could send here by DNS rebinding: for a resource on this machine the `Host` must name this machine;
 * an `Origin`, where there is one, must be the resource's own (any port of this machine for a local resource).
 */
export function refusesForeignPage(request: HostRequest, response: ServerResponse, address: ResourceAddress): boolean {
  const host = hostnameOf(`http://${header(request, 'host') ?? ''}`);
  const origin = header(request, 'origin');
  const isHostFine = !address.isLocal || (host !== undefined && isLocalName(host));
  const isOriginFine = origin === undefined || isOwnOrigin(origin, address);
  if (isHostFine && isOriginFine) return false;
  sendProblem(response, {
    title: 'Refused',
    status: 403,
    code: 'origin_refused',
    detail: 'This endpoint does not answer to that host name or web page; use the resource address as registered.',
  });
  return true;
}

function isOwnOrigin(origin: string, address: ResourceAddress): boolean {
  if (origin === address.origin) return true;
  const hostname = hostnameOf(origin);
  return address.isLocal && hostname !== undefined && isLocalName(hostname);
}

let latest: { readonly url: string; readonly hostname: string | undefined } | undefined;

/** Clients say the same host in each request. */
function hostnameOf(url: string): string | undefined {
  if (latest?.url !== url) latest = { url, hostname: parsedHostname(url) };
  return latest.hostname;
}

function parsedHostname(url: string): string | undefined {
  try {
    return new URL(url).hostname || undefined;
  } catch {
    return undefined;
  }
}
