import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** The whole body as text. Refuses with `body_too_large` as soon as it is longer than `limit` bytes, announced or counted. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const tooLarge = () => new Refusal('body_too_large', `send at most ${limit} bytes`, { limit });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > limit) {
        request.pause();
        reject(tooLarge());
      } else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Refusal('input_invalid', 'the body ended early')));
  });
}

/** The body as JSON; `input_invalid` when it is none. */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const text = await readBody(request, limit);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('input_invalid', 'the body is not JSON');
  }
}
