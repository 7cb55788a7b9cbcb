import type { Generation } from '@portcullis/contracts';
import type pg from 'pg';
import { readAsOf, readSince, type LogReading } from '../change-log/read-log.js';
import { concernedAgents } from '../feed/concerned-agents.js';
import type { LogChange } from '../feed/log-object.js';
import { SliceViews } from '../feed/slice-views.js';
import { World } from '../feed/world.js';
import { ControlClock } from './control-clock.js';
import type { HeadMark } from './head-mark.js';
import { SharedRead } from '../platform/shared-read.js';

const warmRevisions = 1000;

/** What a read brought, be it nothing; `agents` are those from whom something was taken. */
export interface HeadNews {
  readonly agents: ReadonlySet<string>;
}

/** This replica's copy of the change log: read when woken, moved revision by revision. */
export class LogFollower {
  readonly clock = new ControlClock();
  onNews: (news: HeadNews) => void = () => undefined;
  #world = new World();
  #views = new SliceViews(this.#world, 0);
  #generation: Generation | undefined;
  #evicted: ReadonlySet<string> = new Set();
  readonly #shared = new SharedRead(() => this.#read());

  constructor(
    private readonly pool: pg.Pool,
    private readonly mark: HeadMark,
  ) {}

  get views(): SliceViews {
    return this.#views;
  }
  get generation(): Generation {
    if (this.#generation === undefined) throw new Error('the change log was not read yet');
    return this.#generation;
  }
  isEvicted(guard: string): boolean {
    return this.#evicted.has(guard);
  }

  /** Resolves after a read that began after this call. Any number of callers share one. */
  refresh(): Promise<void> {
    return this.#shared.refresh();
  }

  async #read(): Promise<void> {
    const held = this.#generation;
    const reading = await readSince(this.pool, held ? this.#views.head : Number.MAX_SAFE_INTEGER);
    this.mark.check(reading.generation, reading.head);
    if (held?.id !== reading.generation.id) await this.#begin(reading);
    else this.#advance(reading);
    this.mark.raise(this.generation, this.#views.head);
  }

  /** The past first, then forward from it, so that guards that were here before a restart get an interval. */
  async #begin({ generation, head }: LogReading): Promise<void> {
    const base = Math.max(0, head - warmRevisions);
    this.#world = new World(await readAsOf(this.pool, base));
    this.#views = new SliceViews(this.#world, base);
    this.#generation = generation;
    this.#advance(await readSince(this.pool, base));
  }

  #advance(reading: LogReading): void {
    const agents = new Set<string>();
    for (const [revision, changes] of reading.revisions) this.#step(revision, changes, agents);
    this.clock.set(reading.controlTime);
    this.#evicted = reading.evicted;
    this.onNews({ agents });
  }

  #step(revision: number, changes: readonly LogChange[], agents: Set<string>): void {
    for (const change of changes) for (const agent of concernedAgents(this.#world, change)) agents.add(agent);
    this.#views.advance(revision, changes);
  }
}
