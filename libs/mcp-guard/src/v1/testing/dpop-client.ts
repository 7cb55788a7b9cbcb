import { ProofKey, type ProofOf } from '@portcullis/testkit';

/** A client that proves its key at every request, as RFC 9449 wants it: it takes the nonce of any answer, and tries once more with it. */
export class DpopClient {
  /** Requests that went out a second time, for want of a nonce. */
  repeated = 0;
  nonce: string | undefined;

  constructor(
    readonly key: ProofKey,
    readonly token: string,
    readonly url: string,
  ) {}

  /** In the shape of `fetch`, for the SDK's transport. */
  readonly fetch = async (_url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const response = await this.#once(init);
    const isNonceMissing = response.headers.get('www-authenticate')?.includes('error="use_dpop_nonce"') === true;
    if (!isNonceMissing) return response;
    this.repeated += 1;
    return this.#once(init);
  };

  /** The two headers of one request. */
  async headers(differing: Partial<ProofOf> = {}): Promise<Record<string, string>> {
    const { token, url, nonce } = this;
    return { authorization: `DPoP ${token}`, dpop: await this.key.proof({ token, url, nonce, ...differing }) };
  }

  async #once(init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    for (const [name, value] of Object.entries(await this.headers({ method }))) headers.set(name, value);
    const response = await fetch(this.url, { ...init, headers });
    this.nonce = response.headers.get('dpop-nonce') ?? this.nonce;
    return response;
  }
}
