import {
  Client,
  DpopSession,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type OAuthClientInformationMixed,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  type OAuthTokens,
} from '@modelcontextprotocol/client';

/** Signs in by the code flow, as the suite's DPoP scenarios want it; the suite's own server gives the code without asking anybody. */
class SuiteProvider implements OAuthClientProvider {
  readonly redirectUrl = 'http://127.0.0.1:9876/callback';
  readonly clientMetadata: OAuthClientMetadata = { client_name: 'e2e', redirect_uris: [this.redirectUrl] };
  readonly #session = DpopSession.create();
  #information: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = '';
  answer = new URLSearchParams();

  dpop = (): Promise<DpopSession> => this.#session;
  clientInformation = (): OAuthClientInformationMixed | undefined => this.#information;
  saveClientInformation = (information: OAuthClientInformationMixed): void => void (this.#information = information);
  tokens = (): OAuthTokens | undefined => this.#tokens;
  saveTokens = (tokens: OAuthTokens): void => void (this.#tokens = tokens);
  codeVerifier = (): string => this.#verifier;
  saveCodeVerifier = (verifier: string): void => void (this.#verifier = verifier);

  async redirectToAuthorization(url: URL): Promise<void> {
    const { headers } = await fetch(url, { redirect: 'manual' });
    this.answer = new URL(headers.get('location') ?? '').searchParams;
  }
}

const authProvider = new SuiteProvider();
const url = new URL(process.argv[2] ?? '');
const transport = (): StreamableHTTPClientTransport => new StreamableHTTPClientTransport(url, { authProvider });
const knocking = transport();
await new Client({ name: 'e2e', version: '1.0.0' }).connect(knocking).catch((error: unknown) => {
  if (!(error instanceof UnauthorizedError)) throw error;
});
await knocking.finishAuth(authProvider.answer);
const client = new Client({ name: 'e2e', version: '1.0.0' });
await client.connect(transport());
await client.listTools();
await client.close();
