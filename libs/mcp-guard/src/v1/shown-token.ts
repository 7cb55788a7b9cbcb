import type { IncomingMessage } from 'node:http';
import type { Presentation } from '@portcullis/guard';

/** A token as a request shows it. The address is added by whoever knows it: nothing the request says about that counts. */
export interface ShownToken {
  readonly token: string;
  readonly scheme: Presentation['scheme'];
  readonly proof: string | undefined;
  /** A header came twice: two parts of a host may read two different ones, so the request is refused. */
  readonly isRepeated: boolean;
}

const credentials = /^(Bearer|DPoP) +(\S.*)$/i;

/**
 * The token of the `Authorization` header with its scheme (RFC 6750 section 2.1, RFC 9449 section 7.1); `undefined` when the request
 * carries none. With the DPoP scheme also the proof.
 */
export function shownToken(request: IncomingMessage): ShownToken | undefined {
  const authorization = valuesOf(request, 'authorization');
  const proofs = valuesOf(request, 'dpop');
  const match = authorization.map((value) => credentials.exec(value)).find((found) => found !== null);
  const [, name = '', token = ''] = match ?? [];
  if (token === '') return undefined;
  const scheme = name.toLowerCase() === 'dpop' ? 'dpop' : 'bearer';
  const isRepeated = authorization.length > 1 || proofs.length > 1;
  return { token: token.trim(), scheme, proof: scheme === 'dpop' ? proofs[0] : undefined, isRepeated };
}

/** Every line of a header as it came: Node joins some repeated headers and drops others. */
function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
