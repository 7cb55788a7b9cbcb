import type { IncomingMessage } from 'node:http';

/** The most a request body may have, in bytes. */
export const bodyLimitBytes = 1024 * 1024;

export type BodyTrouble = 'too-large' | 'encoding' | 'cut-short';

/** How much more of a body that is too large is heard, and dropped: who is still sending finds a broken connection, not an answer. */
const heardBytes = 32 * 1024 * 1024;

const decoder = new TextDecoder('utf-8', { fatal: true });

export type Body = { readonly text: string } | { readonly trouble: BodyTrouble };

/** Reads a body as UTF-8 text, never holding more than the limit. A compressed body or invalid UTF-8 is `encoding`. */
export function readBody(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    const trouble = announcedTrouble(request);
    if (trouble) return resolve({ trouble });
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (why: BodyTrouble) => {
      request.pause();
      resolve({ trouble: why });
    };
    const take = (chunk: unknown) => {
      if (!Buffer.isBuffer(chunk)) return stop('encoding');
      size += chunk.length;
      if (size <= bodyLimitBytes) chunks.push(chunk);
      else if (size > bodyLimitBytes + heardBytes) stop('too-large');
    };
    const end = () => {
      if (!request.complete) return stop('cut-short');
      resolve(size > bodyLimitBytes ? { trouble: 'too-large' } : textOf(chunks));
    };
    const cut = () => stop('cut-short');
    if (request.readableEnded) return end();
    if (request.destroyed) return cut();
    request.on('data', take).once('end', end).on('error', cut).once('close', cut);
  });
}

function announcedTrouble({ headers }: IncomingMessage): BodyTrouble | undefined {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 'encoding';
  return Number(headers['content-length'] ?? 0) > bodyLimitBytes + heardBytes ? 'too-large' : undefined;
}

function textOf(chunks: readonly Buffer[]): Body {
  const [only] = chunks;
  try {
    return { text: decoder.decode(chunks.length === 1 ? only : Buffer.concat(chunks)) };
  } catch {
    return { trouble: 'encoding' };
  }
}
