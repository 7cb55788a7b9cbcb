import type { AccessTokenClaims } from '@portcullis/contracts';
import { callerRefusal } from './caller-standing.js';
import { expectedProof, wrong } from './dpop/expected-proof.js';
import { DpopNonces } from './dpop/nonces.js';
import type { Proof } from './dpop/proof.js';
import { ReplayStore } from './dpop/replay-store.js';
import type { Presentation, TokenRefusal, VerifiedCaller } from './types.js';
import type { RevisionWait } from './revision-wait.js';
import type { Standing } from './standing.js';
import type { TokenVerifier } from './verify-token.js';

/**
 * Whether a token, shown like this, lets its caller in now. The nonce is asked first, so that asking for one says nothing about
 * the token; the standing is asked after everything that had to be awaited; and only a proof that let somebody in is remembered.
 */
export class Admission {
  readonly nonces: DpopNonces;
  readonly #standing: Standing;
  readonly #newer: RevisionWait;
  readonly #replays: ReplayStore;

  constructor(standing: Standing, newer: RevisionWait) {
    this.#standing = standing;
    this.#newer = newer;
    this.nonces = new DpopNonces(() => standing.elapsed());
    this.#replays = new ReplayStore(() => standing.elapsed());
  }

  async verify(
    token: string,
    shown: Presentation | undefined,
    verifier: TokenVerifier,
  ): Promise<VerifiedCaller | TokenRefusal> {
    const proof = shown?.scheme === 'dpop' ? await expectedProof(token, shown, this.nonces) : undefined;
    if (proof && 'refused' in proof) return proof;
    const caller = verifier.verify(token);
    if ('refused' in caller) return caller;
    const misshown = misshownAs(caller.claims, proof);
    if (misshown !== undefined) return { refused: 'token_invalid', why: misshown };
    if (proof && !(await proof.isSigned())) return wrong('the proof is not signed by its key');
    const held = this.#standing.view?.revision ?? 0;
    if (!(caller.claims.rev <= held)) await this.#newer.until(caller.claims.rev, held);
    return callerRefusal(this.#standing.present(), caller) ?? this.#used(proof, caller.claims) ?? caller;
  }

  #used(proof: Proof | undefined, { agent }: AccessTokenClaims): TokenRefusal | undefined {
    if (!proof) return undefined;
    const { thumbprint, jti } = proof;
    const outcome = this.#replays.take({ thumbprint, jti, agent });
    if (outcome === 'taken') return undefined;
    return wrong(outcome === 'used' ? 'the proof was used before' : 'no more proofs can be remembered');
  }
}

function misshownAs({ cnf }: AccessTokenClaims, proof: Proof | undefined): string | undefined {
  if (!proof) return cnf ? 'it is bound to a key and was shown as a bearer token' : undefined;
  if (!cnf) return 'it is bound to no key and was shown with a proof';
  return cnf.jkt === proof.thumbprint ? undefined : 'it is bound to another key';
}
