import { dpopLimits } from '@portcullis/contracts';

/** How many proofs are remembered at once, in all and of one agent. */
export interface ReplayBounds {
  readonly total: number;
  readonly perAgent: number;
}

/** At 30 s of memory: 6,666 requests a second in all, 666 of one agent. */
export const replayBounds: ReplayBounds = { total: 200_000, perAgent: 20_000 };

/** What is remembered of a used proof: `jti` is unique under the key that signed it. */
export interface UsedProof {
  readonly thumbprint: string;
  readonly jti: string;
  readonly agent: string;
}

/**
 * The proofs that were used (RFC 9449 section 11.1), each for as long as its nonce could live. It is told of a proof last of all,
 * so only a live token with its key gets in here; when it is full it takes nothing more, and an agent's share is bounded, so
 * that no agent shuts out the others.
 */
export class ReplayStore {
  readonly #used = new Map<string, { readonly agent: string; readonly until: number }>();
  readonly #byAgent = new Map<string, number>();
  readonly #now: () => number;
  readonly #bounds: ReplayBounds;

  constructor(now: () => number, bounds: ReplayBounds = replayBounds) {
    this.#now = now;
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#used.size;
  }

  /** Takes the proof if it was not used before and there is room; else says why not. Atomic: nothing is awaited in between. */
  take({ thumbprint, jti, agent }: UsedProof): 'taken' | 'used' | 'full' {
    const now = this.#now();
    this.#forget(now);
    const key = `${thumbprint} ${jti}`;
    if (this.#used.has(key)) return 'used';
    const ofAgent = this.#byAgent.get(agent) ?? 0;
    if (this.#used.size >= this.#bounds.total || ofAgent >= this.#bounds.perAgent) return 'full';
    this.#used.set(key, { agent, until: now + dpopLimits.nonceSeconds * 1000 });
    this.#byAgent.set(agent, ofAgent + 1);
    return 'taken';
  }

  /** They were taken in the order in which they end. */
  #forget(now: number): void {
    for (const [key, { agent, until }] of this.#used) {
      if (until > now) return;
      this.#used.delete(key);
      const left = (this.#byAgent.get(agent) ?? 1) - 1;
      if (left > 0) this.#byAgent.set(agent, left);
      else this.#byAgent.delete(agent);
    }
  }
}
