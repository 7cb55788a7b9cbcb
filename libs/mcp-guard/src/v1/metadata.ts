import type { ServerResponse } from 'node:http';
import { dpopAlgorithms } from '@portcullis/contracts';
import type { Guard } from '@portcullis/guard';
import { sendJson, sendProblem, type HostEndpoint, type HostRequest } from './http.js';
import { resourceAddress } from './resource-address.js';

/** Answers a request for the RFC 9728 metadata of the protected resource. Readable from any web page; it holds nothing secret. */
export function metadataEndpoint(guard: Pick<Guard, 'server' | 'issuer'>, own: string | undefined): HostEndpoint {
  return async (request, response) => sendMetadata(guard, own, request, response);
}

export function sendMetadata(
  guard: Pick<Guard, 'server' | 'issuer'>,
  own: string | undefined,
  request: HostRequest,
  response: ServerResponse,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendProblem(
      response,
      { title: 'Method not allowed', status: 405, code: 'input_invalid', detail: 'Use GET.' },
      { allow: 'GET, HEAD' },
    );
    return;
  }
  const address = resourceAddress(guard, own);
  if (address === undefined || guard.issuer === undefined) {
    sendNotReady(response);
    return;
  }
  const document = {
    resource: address.resource,
    authorization_servers: [guard.issuer],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: dpopAlgorithms,
    scopes_supported: ['task:lookup'],
  };
  sendJson(response, 200, document, { 'access-control-allow-origin': '*' });
}

/** 503: without the issuer and its keys no token can be judged, so none is called wrong. */
export function sendNotReady(response: ServerResponse): void {
  const detail = 'The guard has not heard from its control plane yet. Ask again in a few seconds.';
  sendProblem(response, { title: 'Not ready', status: 503, code: 'unavailable', detail }, { 'retry-after': '3' });
}
