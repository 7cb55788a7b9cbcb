import type { Clock } from './clock.js';
import type { Moment } from './lease.js';

/**
 * The only time that decides expiry and windows (protocol A6): the database's time in the last answer plus what has elapsed
 * here since the report was sent, never backwards. The wall clock has no part in it.
 */
export class ControlTime {
  readonly #clock: Clock;
  readonly #uptime: () => number;
  #anchor: { readonly at: number; readonly sent: Moment } | undefined;
  #highest = 0;

  /** `uptime` is the boot clock as it was last read: it is never read per call. */
  constructor(clock: Clock, uptime: () => number) {
    this.#clock = clock;
    this.#uptime = uptime;
  }

  /** Takes the time of a verified answer to a report sent at `sent`. */
  answered(sent: Moment, controlTime: number): void {
    this.#anchor = { at: controlTime, sent };
  }

  /** Milliseconds since the epoch; `undefined` before the first answer of this boot: closed. */
  now(): number | undefined {
    if (!this.#anchor) return undefined;
    const { at, sent } = this.#anchor;
    const elapsed = Math.max(this.#clock.monotonic() - sent.monotonic, this.#uptime() - sent.uptime);
    this.#highest = Math.max(this.#highest, Math.floor(at + elapsed));
    return this.#highest;
  }
}
