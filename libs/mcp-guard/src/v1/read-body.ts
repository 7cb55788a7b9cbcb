import type { IncomingMessage } from 'node:http';

/** The most a request body may have, in bytes. */
export const bodyLimitBytes = 1024 * 1024;

export type BodyTrouble = 'too-large' | 'encoding' | 'cut-short';

/** How much more of a body that is too large is heard, and dropped: who is still sending finds a broken connection, not an answer. */
const heardBytes = 32 * 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as UTF-8 text, never holding more than the limit. A compressed body or invalid UTF-8 is `encoding`. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ readonly text: string } | { readonly trouble: BodyTrouble }> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return { trouble: 'encoding' };
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes + heardBytes) return { trouble: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) return { trouble: 'encoding' };
      size += chunk.length;
      if (size <= bodyLimitBytes) chunks.push(chunk);
      else if (size > bodyLimitBytes + heardBytes) return { trouble: 'too-large' };
    }
    if (!request.complete) return { trouble: 'cut-short' };
    if (size > bodyLimitBytes) return { trouble: 'too-large' };
  } catch {
    return { trouble: 'cut-short' };
  }
  try {
    return { text: decoder.decode(Buffer.concat(chunks, size)) };
  } catch {
    return { trouble: 'encoding' };
  }
}
