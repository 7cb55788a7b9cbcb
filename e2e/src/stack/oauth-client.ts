import { tokenWords } from '@portcullis/contracts';
import * as oauth from 'oauth4webapi';

/** A client of the token server that was written by somebody else: oauth4webapi, which checks every answer by its RFC. */
export class OAuthClient {
  readonly #client: oauth.Client;

  private constructor(
    readonly server: oauth.AuthorizationServer,
    readonly id: string,
    private readonly auth: oauth.ClientAuth,
    readonly dpop: oauth.DPoPHandle | undefined,
  ) {
    this.#client = { client_id: id };
  }

  /** Discovers the server from its issuer alone. With a key pair every token is bound to it. */
  static async at(
    issuer: string,
    id: string,
    auth: oauth.ClientAuth,
    keys?: oauth.CryptoKeyPair,
  ): Promise<OAuthClient> {
    const url = new URL(issuer);
    const response = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...plainHttp });
    const server = await oauth.processDiscoveryResponse(url, response);
    return new OAuthClient(server, id, auth, keys && oauth.DPoP({}, keys));
  }

  clientCredentials(parameters: Record<string, string>): Promise<oauth.TokenEndpointResponse> {
    return this.#withNonce(async (options) => {
      const { server, auth } = this;
      const response = await oauth.clientCredentialsGrantRequest(server, this.#client, auth, parameters, options);
      return oauth.processClientCredentialsResponse(server, this.#client, response);
    });
  }

  exchange(
    subjectToken: string,
    type: string,
    parameters: Record<string, string>,
  ): Promise<oauth.TokenEndpointResponse> {
    const wanted = { ...parameters, subject_token: subjectToken, subject_token_type: type };
    return this.#withNonce(async (options) => {
      const { server, auth } = this;
      const grant = tokenWords.exchangeGrant;
      const response = await oauth.genericTokenEndpointRequest(server, this.#client, auth, grant, wanted, options);
      return oauth.processGenericTokenEndpointResponse(server, this.#client, response);
    });
  }

  async introspect(token: string): Promise<oauth.IntrospectionResponse> {
    const response = await oauth.introspectionRequest(this.server, this.#client, this.auth, token, plainHttp);
    return oauth.processIntrospectionResponse(this.server, this.#client, response);
  }

  async revoke(token: string): Promise<void> {
    const response = await oauth.revocationRequest(this.server, this.#client, this.auth, token, plainHttp);
    await oauth.processRevocationResponse(response);
  }

  /** Reads an access token as a resource server of RFC 9068 would: signature by the published keys, type, issuer, audience, times. */
  async accessTokenClaims(token: string, audience: string): Promise<oauth.JWTAccessTokenClaims> {
    const request = new Request(audience, { headers: { authorization: `Bearer ${token}` } });
    return oauth.validateJwtAccessToken(this.server, request, audience, plainHttp);
  }

  /** Calls a protected resource with the token, bound to its key if it has one; once more when a nonce is asked for. */
  resource(token: string, url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const all = new Headers({
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    });
    return this.#withNonce((options) =>
      oauth.protectedResourceRequest(token, 'POST', new URL(url), all, JSON.stringify(body), options),
    );
  }

  async #withNonce<T>(ask: (options: typeof plainHttp & { DPoP?: oauth.DPoPHandle }) => Promise<T>): Promise<T> {
    const options = { ...plainHttp, ...(this.dpop && { DPoP: this.dpop }) };
    return ask(options).catch((error: unknown) =>
      oauth.isDPoPNonceError(error) ? ask(options) : Promise.reject(error),
    );
  }
}

/** The installation listens on this machine without TLS. */
const plainHttp = { [oauth.allowInsecureRequests]: true } as const;
