import type { IncomingMessage } from 'node:http';

/** The most a request body may have, in bytes. */
export const bodyLimitBytes = 1024 * 1024;

export type BodyTrouble = 'too-large' | 'encoding' | 'cut-short';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as UTF-8 text, never holding more than the limit. A compressed body or invalid UTF-8 is `encoding`. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ readonly text: string } | { readonly trouble: BodyTrouble }> {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return { trouble: 'encoding' };
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) return { trouble: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) return { trouble: 'encoding' };
      size += chunk.length;
      if (size > bodyLimitBytes) return { trouble: 'too-large' };
      chunks.push(chunk);
    }
    if (!request.complete) return { trouble: 'cut-short' };
  } catch {
    return { trouble: 'cut-short' };
  }
  try {
    return { text: decoder.decode(Buffer.concat(chunks, size)) };
  } catch {
    return { trouble: 'encoding' };
  }
}
