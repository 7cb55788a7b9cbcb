import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

export interface GraphQlError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly requestId: string; readonly details?: unknown };
}

export interface Answer<T> {
  readonly status: number;
  readonly data: T | null;
  readonly errors: readonly GraphQlError[];
}

/** A person at the API as a browser would be: cookies, CSRF header, Origin. */
export class Admin {
  readonly #cookies = new Map<string, string>();
  csrf = '';

  constructor(readonly url: string) {}

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: this.url,
        ...(this.#cookies.size > 0 ? { cookie: this.cookie } : {}),
        ...(this.csrf ? { 'x-portcullis-csrf': this.csrf } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const body = (await response.json()) as { data?: T | null; errors?: GraphQlError[] };
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** Asks and expects an answer without errors. */
  async get<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const answer = await this.ask<T>(query, variables);
    if (answer.errors.length > 0 || answer.data === null) {
      throw new Error(`the API refused: ${JSON.stringify(answer.errors)}\n${query}`);
    }
    return answer.data;
  }

  async claim(claimUrl: string, email = 'ana@example.com', password = 'correct horse battery'): Promise<void> {
    const token = new URL(claimUrl).hash.slice(1);
    const { claimInstall } = await this.get<{ claimInstall: { csrfToken: string } }>(
      'mutation($input: ClaimInstallInput!) { claimInstall(input: $input) { csrfToken revision } }',
      { input: { token, email, password, name: 'Ana' } },
    );
    this.csrf = claimInstall.csrfToken;
  }

  /** A live socket, opened with a one-time ticket as the console does it. */
  live(): Client {
    const ticket = async (): Promise<Record<string, unknown>> => {
      const { openSocketTicket } = await this.get<{ openSocketTicket: { ticket: string } }>(
        'mutation { openSocketTicket { ticket revision } }',
      );
      return { ticket: openSocketTicket.ticket };
    };
    const origin = this.url;
    class OriginSocket extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { origin });
      }
    }
    return createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: OriginSocket,
      connectionParams: ticket,
    });
  }
}
