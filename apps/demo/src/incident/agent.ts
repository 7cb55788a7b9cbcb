import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { TokenSource } from './token-source.js';
import { statusOf, Unreachable } from './unreachable.js';

/** An MCP client that works with an agent's token. A server that was restarted knows no old session: it then opens a new one. */
export class Agent {
  #client: Promise<Client> | undefined;

  constructor(
    private readonly name: string,
    private readonly resource: string,
    private readonly tokens: TokenSource,
  ) {}

  async tools(): Promise<string[]> {
    return this.#withClient(async (client) => (await client.listTools()).tools.map(({ name }) => name));
  }

  async call(tool: string, args: Readonly<Record<string, unknown>> = {}): Promise<CallToolResult> {
    return this.#withClient(async (client) =>
      CallToolResultSchema.parse(await client.callTool({ name: tool, arguments: { ...args } })),
    );
  }

  async close(): Promise<void> {
    await (await this.#client?.catch(() => undefined))?.close();
  }

  async #withClient<T>(act: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await act(await this.#connected());
    } catch (error) {
      const status = statusOf(error);
      if (status === 0) throw new Unreachable(`${this.resource} does not answer`, { cause: error });
      if (status !== 404) throw error;
      await this.close();
      this.#client = undefined;
      return act(await this.#connected());
    }
  }

  async #connected(): Promise<Client> {
    this.#client ??= this.#connect();
    return this.#client.catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
  }

  async #connect(): Promise<Client> {
    const client = new Client({ name: this.name, version: '1.0.0' });
    const withToken = async (url: string | URL, init?: RequestInit): Promise<Response> => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${await this.tokens.token()}`);
      return fetch(url, { ...init, headers });
    };
    await client.connect(new StreamableHTTPClientTransport(new URL(this.resource), { fetch: withToken }));
    return client;
  }
}
