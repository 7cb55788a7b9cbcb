import { setTimeout as delay } from 'node:timers/promises';

interface Timer {
  due: number;
  readonly everyMs: number | undefined;
  readonly act: () => void;
}

/**
 * Time under a test's control, in the shape a guard takes its clock in. All in milliseconds. `advance` lets time pass and runs
 * what falls due on the way, in order; `suspend` is a machine asleep: boot time and wall go on, monotonic time and timers do
 * not; `moveWall` is somebody setting the wall clock.
 */
export class TestClock {
  #monotonic = 0;
  #uptime: number;
  #wall: number;
  #timers = new Set<Timer>();

  constructor(start: { readonly wall?: number; readonly uptime?: number } = {}) {
    this.#wall = start.wall ?? Date.UTC(2026, 0, 1);
    this.#uptime = start.uptime ?? 60_000;
  }

  readonly monotonic = (): number => this.#monotonic;
  readonly uptime = (): number => this.#uptime;
  readonly wall = (): number => this.#wall;

  readonly every = (ms: number, act: () => void): (() => void) => this.#plan(ms, ms, act);
  readonly after = (ms: number, act: () => void): (() => void) => this.#plan(ms, undefined, act);

  /** Lets `ms` pass. A timer that plans another one within `ms` sees it run too. */
  advance(ms: number): void {
    const end = this.#monotonic + ms;
    for (let next = this.#nextDue(end); next; next = this.#nextDue(end)) {
      this.#pass(Math.max(0, next.due - this.#monotonic));
      if (next.everyMs === undefined) this.#timers.delete(next);
      else next.due += Math.max(1, next.everyMs);
      next.act();
    }
    this.#pass(end - this.#monotonic);
  }

  /** The machine sleeps for `ms`. */
  suspend(ms: number): void {
    this.#uptime += ms;
    this.#wall += ms;
  }

  /** Somebody moves the wall clock by `ms`, forward or back. */
  moveWall(ms: number): void {
    this.#wall += ms;
  }

  #plan(ms: number, everyMs: number | undefined, act: () => void): () => void {
    const timer: Timer = { due: this.#monotonic + ms, everyMs, act };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  #nextDue(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.due <= end && (!next || timer.due < next.due)) next = timer;
    return next;
  }

  #pass(ms: number): void {
    this.#monotonic += ms;
    this.#uptime += ms;
    this.#wall += ms;
  }
}

/** What is awaited, in words for the failure, and for how long. Default: 5 s. */
export interface Awaited {
  readonly what: string;
  readonly withinMs?: number;
}

/**
 * Waits until `condition` gives something other than `false`, `null` or `undefined`, and gives that back. A condition that
 * throws is not met yet. Fails after `withinMs` with what was awaited and how it failed last.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what, withinMs = 5_000 }: Awaited,
): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + withinMs;
  let last = '';
  do {
    try {
      const met = await condition();
      if (met !== false && met !== null && met !== undefined) return met as Exclude<T, false | null | undefined>;
      last = `it was ${String(met)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(5);
  } while (performance.now() < end);
  throw new Error(`waited ${withinMs} ms for ${what}; last: ${last}`);
}
