import type { Posture } from '@portcullis/contracts';
import { emptyState, type State } from '@portcullis/policy';
import type { Clock } from './clock.js';
import { ControlTime } from './control-time.js';
import type { HeldKeySet } from './key-set.js';
import type { Present } from './in-flight.js';
import { Lease } from './lease.js';
import { postureOf } from './posture.js';
import type { SliceView } from './slice-view.js';

/** Where this guard stands: what it holds, how long it may act on it, and what time it is. */
export class Standing {
  readonly lease: Lease;
  readonly controlTime: ControlTime;
  readonly #clock: Clock;
  readonly #started: { readonly monotonic: number; readonly uptime: number };
  #empty: State = emptyState('');
  #keySet: HeldKeySet | undefined;
  #view: SliceView | undefined;
  #isCut = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.lease = new Lease(clock);
    this.#started = { monotonic: clock.monotonic(), uptime: this.lease.uptime };
    this.controlTime = new ControlTime(clock, () => this.lease.uptime);
  }

  get view(): SliceView | undefined {
    return this.#view;
  }

  get posture(): Posture {
    return this.present().posture;
  }

  /** Milliseconds of this boot, by whichever of its own clocks ran further: sleep counts, and nobody can set it. */
  elapsed(): number {
    const { monotonic, uptime } = this.#started;
    return Math.max(0, this.#clock.monotonic() - monotonic, this.lease.uptime - uptime);
  }

  /** Says which server's slice this guard will hold, and whose tokens it takes. */
  belongsTo(server: string, keySet: HeldKeySet): void {
    this.#empty = emptyState(server);
    this.#keySet = keySet;
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
    const keys = this.#keySet?.tokenKeys;
    return { state: view?.state ?? this.#empty, posture, staleSeconds, now: now ?? 0, keys };
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
