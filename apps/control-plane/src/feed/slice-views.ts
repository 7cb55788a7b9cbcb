import type { Entry } from '@portcullis/contracts';
import { emptyDelta, entriesOf, entryOf, xor } from './delta.js';
import { isVisible } from './is-visible.js';
import type { LogChange, LogObject } from './log-object.js';
import { SliceRing } from './slice-ring.js';
import { step } from './step.js';
import type { World } from './world.js';

interface SliceState {
  readonly ring: SliceRing;
  /** Summed up when first asked for; from then on moved by each step. */
  digest: Buffer | undefined;
}

/** Every slice at the head, with enough of the past to serve intervals. Holds no I/O and no clock. */
export class SliceViews {
  readonly #slices = new Map<string, SliceState>();
  #head: number;

  constructor(
    private readonly world: World,
    head: number,
    private readonly depth = 1024,
  ) {
    this.#head = head;
    for (const object of world.objects()) if (object.kind === 'server') this.#slices.set(object.id, this.#begin(head));
  }

  get head(): number {
    return this.#head;
  }

  /** Moves every slice to `revision`, which follows the head. Gives the slices that changed. */
  advance(revision: number, changes: readonly LogChange[]): ReadonlySet<string> {
    if (revision !== this.#head + 1) throw new RangeError(`revision ${revision} does not follow ${this.#head}`);
    const { deltas, restarted } = step(this.world, this.#slices.keys(), revision, changes);
    for (const [slice, delta] of deltas) {
      const state = this.#slices.get(slice);
      if (!state) continue;
      state.ring.push(revision, delta);
      if (state.digest) state.digest = xor(state.digest, delta.mask);
    }
    for (const slice of restarted) this.#restart(slice, revision);
    this.#head = revision;
    return new Set([...deltas.keys(), ...restarted]);
  }

  /** The slice's digest at the head, or at an earlier revision that is still known. */
  digest(slice: string, at = this.#head): string | undefined {
    const state = this.#slices.get(slice);
    if (!state) return at === this.#head ? emptyDelta.mask.toString('base64url') : undefined;
    state.digest ??= this.#objectsOf(slice).reduce((sum, object) => xor(sum, object.digest), emptyDelta.mask);
    const mask = state.ring.maskSince(at);
    return mask && xor(state.digest, mask).toString('base64url');
  }

  snapshot(slice: string): Entry[] {
    return this.#objectsOf(slice).map(entryOf);
  }

  /** The interval (from, head]; `undefined` when the view at `from` is not known: send a snapshot. */
  interval(slice: string, from: number): Entry[] | undefined {
    if (from > this.#head) return undefined;
    const delta = this.#slices.get(slice)?.ring.since(from);
    return delta && entriesOf(delta, from);
  }

  #objectsOf(slice: string): LogObject[] {
    return [...this.world.objects()].filter((object) => isVisible(this.world, slice, object));
  }

  #begin(base: number): SliceState {
    return { ring: new SliceRing(base, this.depth), digest: undefined };
  }

  #restart(slice: string, revision: number): void {
    if (this.world.environmentOf(slice) === undefined) this.#slices.delete(slice);
    else this.#slices.set(slice, this.#begin(revision));
  }
}
