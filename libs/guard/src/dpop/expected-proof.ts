import type { Presentation, TokenRefusal } from '../types.js';
import { sha256 } from '../recorder.js';
import type { DpopNonces } from './nonces.js';
import { readProof, type Proof } from './proof.js';
import { targetOf } from './target.js';

/**
 * The proof of a request, if it was made for this request, this token and this guard (RFC 9449 section 4.3). What it says is
 * compared before anything is verified that costs more; its signature is left to whoever knows that the token is good.
 */
export async function expectedProof(
  token: string,
  { proof: text, method, url }: Presentation,
  nonces: DpopNonces,
): Promise<Proof | TokenRefusal> {
  if (text === undefined) return wrong('there is no proof');
  const proof = await readProof(text);
  if (typeof proof === 'string') return wrong(proof);
  if (proof.nonce === undefined) return { refused: 'dpop_nonce_needed', why: 'the proof has no nonce' };
  if (!nonces.isLive(proof.nonce)) return { refused: 'dpop_nonce_needed', why: "the proof's nonce is not live here" };
  if (proof.htm !== method) return wrong('the proof is for another method');
  const target = targetOf(url);
  if (target === undefined || targetOf(proof.htu) !== target) return wrong('the proof is for another address');
  return proof.ath === sha256(token) ? proof : wrong('the proof is for another token');
}

/** A refusal for what is wrong with a proof. */
export function wrong(why: string): TokenRefusal {
  return { refused: 'dpop_proof_invalid', why };
}
