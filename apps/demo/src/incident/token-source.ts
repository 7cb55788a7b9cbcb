import { z } from 'zod';
import type { DemoClient } from '../demo-file.js';
import { Unreachable } from './unreachable.js';

const answerSchema = z.object({ access_token: z.string(), expires_in: z.number() });
const renewBeforeMs = 30_000;

export interface TokenRequest {
  readonly tokenUrl: string;
  readonly client: DemoClient;
  readonly resource: string;
  readonly scope: string;
}

/** An agent's access token by client credentials, renewed half a minute before it ends. */
export class TokenSource {
  #token: string | undefined;
  #renewAtMs = 0;

  constructor(private readonly request: TokenRequest) {}

  /** A refused renewal leaves the old token in use: what the guard says about it is the answer worth seeing. */
  async token(): Promise<string> {
    if (this.#token !== undefined && performance.now() < this.#renewAtMs) return this.#token;
    const answer = await this.#ask();
    if (answer === undefined && this.#token === undefined)
      throw new Unreachable(`${this.request.tokenUrl} gives no token`);
    this.#token = answer?.access_token ?? this.#token ?? '';
    this.#renewAtMs = performance.now() + Math.max(1000, (answer?.expires_in ?? 0) * 1000 - renewBeforeMs);
    return this.#token;
  }

  async #ask(): Promise<z.infer<typeof answerSchema> | undefined> {
    const { tokenUrl, client, resource, scope } = this.request;
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource, scope });
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body,
    }).catch((cause: unknown) => Promise.reject(new Unreachable(`${tokenUrl} does not answer`, { cause })));
    const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
    return response.ok && answer.success ? answer.data : undefined;
  }
}
