import type { ServerResponse } from 'node:http';
import type { Guard, GuardOptions, VerifiedCaller } from '@portcullis/guard';
import { bearerToken, sendChallenge } from './bearer.js';
import type { HostRequest } from './http.js';
import { metadataEndpoint, sendMetadata, sendNotReady } from './metadata.js';
import { mountMetadata } from './mount-metadata.js';
import { refusesForeignPage } from './rebinding.js';
import { resourceAddress, type ResourceAddress } from './resource-address.js';

/** Query name under which a host that is not Express still answers for the metadata, on the protected path itself. */
const metadataQuery = 'oauth-protected-resource';

/** A caller whose token was verified for this very request. */
export interface Admitted {
  readonly caller: VerifiedCaller;
  readonly token: string;
}

/** Who may come in at all. Whatever is not admitted has been answered. */
export class FrontDoor {
  #isMounted: boolean | undefined;

  constructor(
    private readonly guard: Pick<Guard, 'server' | 'issuer' | 'verify'>,
    private readonly resource: string | undefined,
    private readonly log: NonNullable<GuardOptions['log']>,
  ) {}

  async admit(request: HostRequest, response: ServerResponse): Promise<Admitted | undefined> {
    const address = resourceAddress(this.guard, this.resource);
    if (address === undefined) return void sendNotReady(response);
    this.#isMounted ??= mountMetadata(request.app, address.metadataPath, metadataEndpoint(this.guard, this.resource));
    if (refusesForeignPage(request, response, address)) return undefined;
    if (request.method === 'GET' && request.url?.endsWith(`?${metadataQuery}`)) {
      return void sendMetadata(this.guard, this.resource, request, response);
    }
    if (this.guard.issuer === undefined) return void sendNotReady(response);

    const token = bearerToken(request);
    const verdict = token === undefined ? undefined : await this.guard.verify(token);
    if (token !== undefined && verdict !== undefined && 'claims' in verdict) return { caller: verdict, token };
    if (verdict !== undefined) this.log({ level: 'warn', what: 'token refused', ...verdict });
    return void sendChallenge(response, this.#metadataUrl(address), token !== undefined);
  }

  #metadataUrl(address: ResourceAddress): string {
    return this.#isMounted ? `${address.origin}${address.metadataPath}` : `${address.resource}?${metadataQuery}`;
  }
}
