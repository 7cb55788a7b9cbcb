import type { Posture } from '@portcullis/contracts';
import { emptyState, type State } from '@portcullis/policy';
import type { Clock } from './clock.js';
import { ControlTime } from './control-time.js';
import type { Present } from './in-flight.js';
import { Lease } from './lease.js';
import { postureOf } from './posture.js';
import type { SliceView } from './slice-view.js';

/** Where this guard stands: what it holds, how long it may act on it, and what time it is. */
export class Standing {
  readonly lease: Lease;
  readonly controlTime: ControlTime;
  #empty: State = emptyState('');
  #view: SliceView | undefined;
  #isCut = false;

  constructor(clock: Clock) {
    this.lease = new Lease(clock);
    this.controlTime = new ControlTime(clock, () => this.lease.uptime);
  }

  get view(): SliceView | undefined {
    return this.#view;
  }

  get posture(): Posture {
    return this.present().posture;
  }

  /** Says which server's slice this guard will hold. */
  belongsTo(server: string): void {
    this.#empty = emptyState(server);
  }

  /** Everything a decision is made against, at this moment. */
  present(): Present {
    const now = this.controlTime.now();
    const view = this.#view;
    const { posture, staleSeconds } = postureOf({
      overMs: this.lease.overMs(),
      hasState: view !== undefined,
      hasTime: now !== undefined,
      isCut: this.#isCut,
    });
    return { state: view?.state ?? this.#empty, posture, staleSeconds, now: now ?? 0 };
  }

  /** The one assignment by which a new view takes effect. */
  swap(view: SliceView): void {
    this.#view = view;
    this.lease.applied(view.generation.id, view.revision);
  }

  /** Closes for good. */
  cut(): void {
    this.#isCut = true;
  }
}
