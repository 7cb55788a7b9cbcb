import type { ServerResponse } from 'node:http';
import type { Guard, GuardOptions, TokenRefusal, VerifiedCaller } from '@portcullis/guard';
import { sendChallenge } from './challenge.js';
import type { HostRequest } from './http.js';
import { metadataEndpoint, sendMetadata, sendNotReady } from './metadata.js';
import { mountMetadata } from './mount-metadata.js';
import { refusesForeignPage } from './rebinding.js';
import { resourceAddress, type ResourceAddress } from './resource-address.js';
import { shownToken, type ShownToken } from './shown-token.js';

/** Query name under which a host that is not Express still answers for the metadata, on the protected path itself. */
const metadataQuery = 'oauth-protected-resource';

/** Who may come in at all. Whatever is not admitted has been answered. */
export class FrontDoor {
  #isMounted: boolean | undefined;

  constructor(
    private readonly guard: Pick<Guard, 'server' | 'issuer' | 'verify' | 'dpopNonce'>,
    private readonly resource: string | undefined,
    private readonly log: NonNullable<GuardOptions['log']>,
  ) {}

  /** The caller whose token, and proof where it needs one, were verified for this very request. */
  async admit(request: HostRequest, response: ServerResponse): Promise<VerifiedCaller | undefined> {
    const address = resourceAddress(this.guard, this.resource);
    if (address === undefined) return void sendNotReady(response);
    this.#isMounted ??= mountMetadata(request.app, address.metadataPath, metadataEndpoint(this.guard, this.resource));
    if (refusesForeignPage(request, response, address)) return undefined;
    if (request.method === 'GET' && request.url?.endsWith(`?${metadataQuery}`)) {
      return void sendMetadata(this.guard, this.resource, request, response);
    }
    if (this.guard.issuer === undefined) return void sendNotReady(response);

    const shown = shownToken(request);
    const verdict = await this.#verified(shown, request, address);
    const scheme = shown?.scheme;
    if (verdict && 'claims' in verdict) {
      if (scheme === 'dpop') response.setHeader('dpop-nonce', this.guard.dpopNonce());
      return verdict;
    }
    if (verdict && verdict.refused !== 'dpop_nonce_needed') {
      this.log({ level: 'warn', what: 'token refused', ...verdict });
    }
    return void sendChallenge(response, {
      scheme,
      isNonceNeeded: verdict?.refused === 'dpop_nonce_needed',
      nonce: this.guard.dpopNonce(),
      metadataUrl: this.#metadataUrl(address),
    });
  }

  async #verified(
    shown: ShownToken | undefined,
    { method = '' }: HostRequest,
    { resource }: ResourceAddress,
  ): Promise<VerifiedCaller | TokenRefusal | undefined> {
    if (shown === undefined) return undefined;
    if (shown.isRepeated) return { refused: 'token_invalid', why: 'a header came twice' };
    const { token, scheme, proof } = shown;
    return this.guard.verify(token, { scheme, proof, method, url: resource });
  }

  #metadataUrl(address: ResourceAddress): string {
    return this.#isMounted ? `${address.origin}${address.metadataPath}` : `${address.resource}?${metadataQuery}`;
  }
}
