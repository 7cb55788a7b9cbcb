import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** How much more of a body that is too large is heard, and dropped: who is still sending finds a broken connection, not an answer. */
const heardBytes = 32 * 1024 * 1024;

/** The whole body as text. Refuses with `body_too_large` when it is longer than `limit` bytes; never holds more than that. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const tooLarge = () => new Refusal('body_too_large', `send at most ${limit} bytes`, { limit });
  if (Number(request.headers['content-length'] ?? 0) > limit + heardBytes) throw tooLarge();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= limit) parts.push(part);
      else if (length > limit + heardBytes) {
        request.pause();
        reject(tooLarge());
      }
    });
    request.on('end', () => (length > limit ? reject(tooLarge()) : resolve(Buffer.concat(parts).toString('utf8'))));
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
