import type { Log } from '../platform/log.js';
import type { FeedLine } from './feed-line.js';
import type { Frames } from './frames.js';
import type { HeadNews, LogFollower } from './log-follower.js';

const standardSliceMs = 5;

/** Agents and the guards that decided for them lately: a hint for order, never for correctness (P-D5). */
export interface ServedLately {
  guardsOf(agent: string): Iterable<string>;
}

/**
 * Brings every line to the head. The frame is chosen when it is written, so a new head needs no second loop: the running one
 * goes round once more, the guards concerned first. It yields every 5 ms (P-C7).
 */
export class Broadcast {
  readonly #lines: FeedLine[] = [];
  readonly #places = new Map<FeedLine, number>();
  readonly #byGuard = new Map<string, Set<FeedLine>>();
  #urgent: FeedLine[] = [];
  #urgentDone = 0;
  #cursor = 0;
  #left = 0;
  #isRunning = false;

  constructor(
    private readonly follower: LogFollower,
    private readonly frames: Frames,
    private readonly served: ServedLately,
    private readonly log: Log,
    private readonly sliceMs = standardSliceMs,
  ) {}

  get size(): number {
    return this.#lines.length;
  }

  add(line: FeedLine): void {
    this.#places.set(line, this.#lines.push(line) - 1);
    const ofGuard = this.#byGuard.get(line.identity.guard) ?? new Set();
    this.#byGuard.set(line.identity.guard, ofGuard.add(line));
    this.#urgent.push(line);
    this.#begunAnew();
    this.#run();
  }

  remove(line: FeedLine): void {
    const place = this.#places.get(line);
    if (place === undefined) return;
    const last = this.#lines.pop() ?? line;
    if (last !== line) {
      this.#lines[place] = last;
      this.#places.set(last, place);
    }
    this.#begunAnew();
    this.#places.delete(line);
    const ofGuard = this.#byGuard.get(line.identity.guard);
    ofGuard?.delete(line);
    if (ofGuard?.size === 0) this.#byGuard.delete(line.identity.guard);
  }

  announce({ agents }: HeadNews): void {
    for (const agent of agents)
      for (const guard of this.served.guardsOf(agent)) this.#urgent.push(...(this.#byGuard.get(guard) ?? []));
    this.#left = this.#lines.length;
    this.#run();
  }

  closeAll(): void {
    for (const line of this.#lines) line.close('goingAway');
  }

  /** A round under way counts from here: lines that came or went move the cursor past others; those at the head cost nothing. */
  #begunAnew(): void {
    if (this.#left > 0) this.#left = this.#lines.length;
  }

  #run(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#runSlice();
  }

  #runSlice(): void {
    const until = performance.now() + this.sliceMs;
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      this.#tryDeliver(line);
      if (performance.now() < until) continue;
      setImmediate(() => this.#runSlice());
      return;
    }
    this.#isRunning = false;
  }

  #nextLine(): FeedLine | undefined {
    const urgent = this.#urgent[this.#urgentDone++];
    if (urgent) return urgent;
    if (this.#urgent.length > 0) this.#urgent = [];
    this.#urgentDone = 0;
    if (this.#left === 0 || this.#lines.length === 0) return undefined;
    this.#left--;
    this.#cursor = (this.#cursor + 1) % this.#lines.length;
    return this.#lines[this.#cursor];
  }

  /** One line that cannot be served must not end the round for the others. */
  #tryDeliver(line: FeedLine): void {
    try {
      this.#deliver(line);
    } catch (error) {
      this.log.error({ err: error, guard: line.identity.guard }, 'a frame could not be made or written');
      line.close('goingAway');
    }
  }

  #deliver(line: FeedLine): void {
    if (!line.isOpen || !this.#places.has(line)) return;
    const { identity } = line;
    // Asked at each delivery: a guard whose own identity was taken is cut the way it cuts off agents.
    if (this.follower.isEvicted(identity.guard)) return line.close('forbidden');
    const { generation, views } = this.follower;
    if (line.generation === generation.id && line.position === views.head) return;
    if (line.isTooSlow) return line.close('tooSlow');
    if (line.isBusy) return line.whenDrained(() => this.#again(line));
    const position = line.generation === generation.id ? line.position : undefined;
    line.write(this.frames.frameFor(identity.slice, position, identity.operation));
    line.generation = generation.id;
  }

  #again(line: FeedLine): void {
    this.#urgent.push(line);
    this.#run();
  }
}
