import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { SignedText } from '@portcullis/contracts';

/** What the control plane answered, whole. */
export interface PostAnswer {
  readonly status: number;
  readonly body: unknown;
}

const timeoutMs = 2500;
const largestAnswer = 4 * 1024 * 1024;

/** Posts signed texts to the control plane over one kept connection. Rejects when there is no whole JSON answer within 2.5 s. */
export class ControlPlane {
  readonly #base: URL;
  readonly #agent: HttpAgent;

  constructor(url: string) {
    this.#base = new URL(url.endsWith('/') ? url : `${url}/`);
    const options = { keepAlive: true, maxSockets: 2 };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  }

  /** Where the feed is: the same address by WebSocket. */
  get feedAddress(): string {
    return new URL('v1/feed', this.#base).href.replace(/^http/, 'ws');
  }

  post(path: 'v1/enrol' | 'v1/report', text: SignedText): Promise<PostAnswer> {
    const body = JSON.stringify(text);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const send = this.#base.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', agent: this.#agent, headers, signal: AbortSignal.timeout(timeoutMs) };
      const request = send(new URL(path, this.#base), options, (response) => {
        readJson(response).then((json) => resolve({ status: response.statusCode ?? 0, body: json }), reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > largestAnswer) throw new Error('the answer is too large');
    parts.push(bytes);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
