import type { Call } from '@portcullis/policy';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { GuardError } from '../guard-error.js';
import type { GuardOptions, ScoredCall, Scorer } from '../types.js';

/** How long a scorer has, in milliseconds: where its host does not say, and at most. */
const withinMs = { usual: 250, most: 10_000 } as const;

interface Parts {
  readonly clock: Clock;
  readonly log: Log;
}

/** A score has 4 places. */
const units = 10_000;

/** Asks the host's scorer about calls. Whatever goes wrong there is no score, and a policy that reads it denies (protocol G1). */
export class Scoring {
  readonly #scorer: Scorer | undefined;
  readonly #withinMs: number;
  readonly #clock: Clock;
  readonly #log: Log;

  private constructor(scorer: Scorer | undefined, withinMs: number, parts: Parts) {
    this.#scorer = scorer;
    this.#withinMs = withinMs;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Throws `scorer_invalid` for what can never be asked. */
  static of(
    { scorer, scorerWithinMs = withinMs.usual }: Pick<GuardOptions, 'scorer' | 'scorerWithinMs'>,
    parts: Parts,
  ): Scoring {
    if (scorer !== undefined && typeof scorer !== 'function')
      throw new GuardError('scorer_invalid', 'scorer is no function; give one that says how dangerous a call looks');
    if (!(scorerWithinMs >= 1 && scorerWithinMs <= withinMs.most)) {
      const how = `use 1 to ${withinMs.most} milliseconds`;
      throw new GuardError('scorer_invalid', `scorerWithinMs is ${scorerWithinMs}; ${how}`);
    }
    return new Scoring(scorer, scorerWithinMs, parts);
  }

  /** What the scorer says; what is finer than 4 places counts as the next one up. Never rejects. */
  async ask(call: Call): Promise<number | undefined> {
    if (!this.#scorer) return undefined;
    try {
      const score = await this.#within(answerOf(this.#scorer, call));
      if (typeof score === 'number' && score >= 0 && score <= 1) return inPlaces(score);
      throw new Error('it gave no number from 0 to 1');
    } catch (error) {
      const why = error instanceof Error ? error.message : 'it failed';
      this.#log({ level: 'warn', what: 'not_scored', tool: call.tool, agent: call.claims.agent, why });
      return undefined;
    }
  }

  async #within(answer: Promise<unknown>): Promise<unknown> {
    let cancel: () => void = () => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const why = new Error(`it did not answer within ${this.#withinMs} ms`);
      cancel = this.#clock.after(this.#withinMs, () => reject(why));
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      cancel();
    }
  }
}

/** A copy of the arguments goes out: whatever a scorer does to them, now or later, is not what was decided and runs. */
async function answerOf(scorer: Scorer, { claims, server, tool, arguments: given }: Call): Promise<unknown> {
  const { agent, instance, role, task, user, conversation } = claims;
  const scored: ScoredCall = {
    agent,
    instance,
    role,
    task,
    user,
    conversation,
    server,
    tool,
    arguments: structuredClone(given),
  };
  return scorer(scored);
}

function inPlaces(score: number): number {
  const nearest = Math.round(score * units);
  return (nearest / units < score ? nearest + 1 : nearest) / units;
}
