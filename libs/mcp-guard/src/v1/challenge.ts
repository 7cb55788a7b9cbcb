import type { ServerResponse } from 'node:http';
import { dpopAlgorithms, type DpopError } from '@portcullis/contracts';
import type { Presentation } from '@portcullis/guard';
import { sendJson } from './http.js';

/** What a 401 answers to: how the token was shown, if any was, and whether all that is missing is a nonce. */
export interface Challenged {
  readonly scheme: Presentation['scheme'] | undefined;
  readonly isNonceNeeded: boolean;
  readonly nonce: string;
  readonly metadataUrl: string;
}

const refusedText = 'The access token is invalid, expired or revoked';
const refusedWithProofText = 'The access token or its proof is invalid, expired or revoked';
const nonceText = 'The proof needs the nonce of this answer';

/**
 * 401 with the challenges of RFC 6750, RFC 9449 section 7 and RFC 9728. A request without a token gets no error code. Every
 * refused token gets the same answer: which part was wrong stands in the guard's log only. Who came with a proof is answered for
 * that scheme alone; everybody gets a nonce, so that a proof needs no round trip of its own.
 */
export function sendChallenge(response: ServerResponse, challenged: Challenged): void {
  const { scheme, isNonceNeeded, nonce, metadataUrl } = challenged;
  const error = isNonceNeeded ? ('use_dpop_nonce' satisfies DpopError) : 'invalid_token';
  const description = isNonceNeeded ? nonceText : scheme === 'dpop' ? refusedWithProofText : refusedText;
  const wrong = `, error="${error}", error_description="${description}"`;
  const metadata = `resource_metadata="${metadataUrl}"`;
  const bearer = `Bearer ${metadata}${scheme === 'bearer' ? wrong : ''}`;
  const dpop = `DPoP algs="${dpopAlgorithms.join(' ')}", ${metadata}${scheme === 'dpop' ? wrong : ''}`;
  const body = scheme === undefined ? { error: 'unauthorized' } : { error, error_description: description };
  const challenges = scheme === 'dpop' ? [dpop] : [bearer, dpop];
  sendJson(response, 401, body, { 'www-authenticate': challenges, 'dpop-nonce': nonce });
}
