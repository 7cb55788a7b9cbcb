import type { Labels } from '@portcullis/boundary';
import type { RiskSignals } from '@portcullis/contracts';
import { isSignalRead, provenanceOf, signalsRead, type Call, type Engines, type State } from '@portcullis/policy';
import { ConversationLabels } from './conversation-labels.js';
import { RecentCalls } from './recent-calls.js';
import type { Scoring } from './scoring.js';

/** What this guard knows about the risk of calls, for policies that read it. Where none does, nothing is counted and nobody is asked. */
export class Risk {
  readonly #labels = new ConversationLabels();
  readonly #scoring: Scoring;
  readonly #engines: Engines;
  readonly #recent = new RecentCalls();

  constructor(scoring: Scoring, engines: Engines) {
    this.#scoring = scoring;
    this.#engines = engines;
  }

  /** The signals that the policies in scope read, as of this moment, each `undefined` where it cannot be told; `undefined` where they read none. */
  of(state: State, call: Call, scorer?: number): RiskSignals | undefined {
    const read = signalsRead(state, call);
    if (read.size === 0) return undefined;
    const { hash } = this.#engines;
    const { claims, now } = call;
    return {
      ...(read.has('recentRate') && { recentRate: this.#recent.of(claims.agent, now) }),
      ...(read.has('provenance') && { provenance: hash && [...provenanceOf(state, call, hash)] }),
      ...(read.has('labels') && { labels: this.#labels.of(claims, now) }),
      ...(read.has('scorer') && { scorer }),
    };
  }

  /** For a call that was let in and is asked about again: what it was decided by stays, and what nobody read then is added. */
  again(state: State, call: Call): RiskSignals | undefined {
    const now = this.of(state, call);
    return now && { ...now, ...known(call.signals) };
  }

  /** Whether a policy in scope reads what the host's scorer says of the call. */
  isScored(state: State, call: Call): boolean {
    return isSignalRead(state, 'scorer') && signalsRead(state, call).has('scorer');
  }

  score(call: Call): Promise<number | undefined> {
    return this.#scoring.ask(call);
  }

  /** Something with these labels is about to leave. False: that cannot be remembered, so it must not. */
  raise({ claims }: Call, labels: Labels, now: number): boolean {
    return this.#labels.raise(claims, labels, now);
  }

  /** A call was decided. */
  decided(state: State, { claims, now }: Call): void {
    if (isSignalRead(state, 'recentRate')) this.#recent.count(claims.agent, now);
    else this.#recent.clear();
  }
}

function known(signals: RiskSignals = {}): RiskSignals {
  return Object.fromEntries(Object.entries(signals).filter(([, value]) => value !== undefined));
}
