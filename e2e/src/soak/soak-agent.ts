import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { askToken, type Endpoint, type Proof } from './proof.js';
import type { Tally } from './tally.js';

export interface HeldCredential {
  readonly id: string;
  readonly proof: Proof;
}

/** A token is renewed this long before its end; one that is refused with more life left than that was refused wrongly. */
const renewBeforeMs = 400;

interface HeldToken {
  readonly text: string;
  readonly endsAt: number;
}

/** An agent at work: an SDK client whose tokens are renewed by whatever credential the agent holds at that moment. */
export class SoakAgent {
  #token: HeldToken | undefined;
  #renewal: Promise<HeldToken> | undefined;
  #client: Client | undefined;

  constructor(
    readonly id: string,
    readonly endpoint: Endpoint,
    private held: HeldCredential,
    private readonly tally: Tally,
  ) {}

  get credential(): HeldCredential {
    return this.held;
  }

  /** The token in hand, made from whatever credential was held when it was asked for. */
  get token(): string {
    return this.#token?.text ?? '';
  }

  /** From the next token on. The one in hand goes on until its end. */
  use(credential: HeldCredential): void {
    this.held = credential;
  }

  async connect(): Promise<void> {
    const client = new Client({ name: this.id, version: '1.0.0' });
    const fetchWithToken = (url: string | URL, init?: RequestInit) => this.#fetch(url, init);
    await client.connect(new StreamableHTTPClientTransport(new URL(this.endpoint.resource), { fetch: fetchWithToken }));
    this.#client = client;
  }

  async call(): Promise<void> {
    try {
      if (this.#client === undefined) await this.connect();
      if (this.#client === undefined) return;
      const denial = denialOf(await callTool(this.#client, 'list_tickets'));
      this.tally.add('calls');
      if (denial !== undefined) this.tally.problem('failed', `${this.id} was denied: ${JSON.stringify(denial)}`);
    } catch (error) {
      this.tally.add('calls');
      this.tally.problem('failed', `${this.id}: ${String(error)}`);
    }
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }

  async #fetch(url: string | URL, init?: RequestInit): Promise<Response> {
    const token = await this.#liveToken();
    const answer = await send(url, init, token);
    if (answer.status !== 401) return answer;
    const leftMs = token.endsAt - Date.now();
    if (leftMs > renewBeforeMs) {
      const { credential } = decodeJwt(token.text);
      this.tally.problem('failed', `${this.id}: a token of ${String(credential)} refused ${leftMs} ms before its end`);
    }
    this.tally.add('renewed');
    if (this.#token === token) this.#token = undefined;
    return send(url, init, await this.#liveToken());
  }

  async #liveToken(): Promise<HeldToken> {
    if (this.#token !== undefined && this.#token.endsAt - Date.now() > renewBeforeMs) return this.#token;
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #renew(): Promise<HeldToken> {
    const { id, proof } = this.held;
    const { status, body } = await askToken(this.endpoint, this.id, proof);
    const text = body['access_token'];
    if (typeof text !== 'string') throw new Error(`no token by ${id}: ${status} ${JSON.stringify(body)}`);
    this.tally.token(decodeProtectedHeader(text).kid ?? '');
    this.#token = { text, endsAt: (decodeJwt(text).exp ?? 0) * 1000 };
    return this.#token;
  }
}

function send(url: string | URL, init: RequestInit | undefined, token: HeldToken): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${token.text}`);
  return fetch(url, { ...init, headers });
}
