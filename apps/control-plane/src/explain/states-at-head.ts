import type { Entry } from '@portcullis/contracts';
import { applyChanges, emptyState, type Change, type Engines, type FeedEdit, type State } from '@portcullis/policy';
import type { LogReading } from '../change-log/read-log.js';
import { keyOf, type LogChange, type LogObject } from '../feed/log-object.js';
import { SliceViews } from '../feed/slice-views.js';
import type { World } from '../feed/world.js';

/** The change log at one revision, and of each slice the state a guard has there: made of the feed's own entries, applied as a guard does. */
export class StatesAtHead {
  readonly generation: string;
  readonly #views: SliceViews;
  readonly #states = new Map<string, State>();
  #now: number;

  constructor(
    readonly world: World,
    { generation, head, controlTime }: Pick<LogReading, 'generation' | 'head' | 'controlTime'>,
    private readonly engines: Engines,
  ) {
    this.generation = generation.id;
    this.#views = new SliceViews(world, head);
    this.#now = controlTime;
  }

  get head(): number {
    return this.#views.head;
  }

  /** Database time of the last read, in milliseconds. */
  get now(): number {
    return this.#now;
  }

  advance({ revisions, controlTime }: LogReading): void {
    for (const [revision, changes] of revisions) this.#views.advance(revision, changes);
    this.#now = controlTime;
  }

  /** The servers that are registered, by id. */
  servers(): readonly string[] {
    return [...this.world.objects()]
      .filter(({ kind }) => kind === 'server')
      .map(({ id }) => id)
      .sort();
  }

  stateOf(slice: string): State {
    const held = this.#states.get(slice);
    if (held?.revision === this.head) return held;
    const interval = held && this.#views.interval(slice, held.revision);
    const state = interval
      ? applyChanges(held, interval.map(changeOf), this.head, { engines: this.engines })
      : applyChanges(emptyState(slice), this.#views.snapshot(slice).map(changeOf), this.head, {
          snapshot: true,
          engines: this.engines,
        });
    this.#states.set(slice, state);
    return state;
  }

  /** The slice as it would be one revision on, with what these changes would bring into it; the world stays as it is. `engines` reads what the changes bring. */
  foresee(slice: string, edits: readonly FeedEdit[], engines: Engines = this.engines): State {
    const before = this.stateOf(slice);
    const revision = this.head + 1;
    const changes = edits.map(({ kind, id, value }) => ({
      kind,
      id,
      revision,
      value: value === null ? null : JSON.stringify(value),
    }));
    const undo = changes.map(({ kind, id }) => asItWas(kind, id, this.world.get(keyOf(kind, id))));
    const views = new SliceViews(this.world, this.head);
    try {
      views.advance(revision, changes);
      const interval = views.interval(slice, this.head);
      const entries = interval ?? views.snapshot(slice);
      return applyChanges(before, entries.map(changeOf), revision, {
        snapshot: interval === undefined,
        engines,
      });
    } finally {
      for (const change of undo) this.world.place(change);
    }
  }
}

function asItWas(kind: string, id: string, object: LogObject | undefined): LogChange {
  return { kind, id, revision: object?.revision ?? 0, value: object?.text ?? null };
}

function changeOf([kind, id, revision, text]: Entry): Change {
  return { kind, id, revision, value: text === null ? null : (JSON.parse(text) as unknown) };
}
