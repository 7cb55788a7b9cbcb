import type { Entry, EnvelopePayload, Generation } from '@portcullis/contracts';
import { digestOf, SliceDigest } from '@portcullis/contracts/signed';
import { applyChanges, emptyState, noEngines, type Change, type Engines, type State } from '@portcullis/policy';
import type { HighWater } from './high-water.js';
import type { SliceView } from './slice-view.js';

/**
 * What became of an envelope. `applied`: here is the new view. `ignored`: old or repeated, nothing to do. `gap`: it does not
 * follow on what is held, or does not add up; take a snapshot. `refused`: it is not for this guard or goes back in time.
 */
export type Offered =
  | { readonly kind: 'applied'; readonly view: SliceView }
  | { readonly kind: 'ignored' | 'gap' | 'refused'; readonly why: string };

type Held = readonly [string, string, number, string];

/** The entries of this guard's slice as texts, and the rules by which an envelope may change them (protocol D1, D2, D3). */
export class HeldSlice {
  readonly #server: string;
  readonly #engines: Engines;
  #entries = new Map<string, Held>();
  #view: SliceView | undefined;

  constructor(server: string, engines: Engines = noEngines) {
    this.#server = server;
    this.#engines = engines;
  }

  get view(): SliceView | undefined {
    return this.#view;
  }

  /** Applies a verified envelope, or says why not. Nothing changes unless the answer is `applied`. */
  offer(envelope: EnvelopePayload, mark: HighWater | undefined): Offered {
    if (envelope.slice !== this.#server) return { kind: 'refused', why: 'it is another slice' };
    if (this.#isOld(envelope)) return { kind: 'ignored', why: 'it is held' };
    const backwards = goesBack(envelope.generation, envelope.through, mark);
    if (backwards) return { kind: 'refused', why: backwards };
    return envelope.kind === 'snapshot' ? this.#snapshot(envelope) : this.#interval(envelope);
  }

  #snapshot(envelope: EnvelopePayload): Offered {
    if (digestOf(envelope.entries) !== envelope.digest) return { kind: 'gap', why: 'the digest is another' };
    const entries = new Map<string, Held>();
    for (const entry of envelope.entries) if (isPresent(entry)) entries.set(keyOf(entry), entry);
    const state = applyChanges(emptyState(this.#server), changesOf(envelope.entries), envelope.through, {
      snapshot: true,
      engines: this.#engines,
    });
    this.#entries = entries;
    return this.#hold(envelope, state);
  }

  #interval(envelope: EnvelopePayload): Offered {
    const held = this.#view;
    if (!held || held.generation.number !== envelope.generation.number)
      return { kind: 'gap', why: 'nothing held to add to' };
    if (envelope.from !== held.revision) return { kind: 'gap', why: 'it does not follow' };
    const digest = new SliceDigest(held.digest);
    for (const entry of envelope.entries) {
      const before = this.#entries.get(keyOf(entry));
      if (before) digest.toggle(before);
      if (isPresent(entry)) digest.toggle(entry);
    }
    if (digest.toString() !== envelope.digest) return { kind: 'gap', why: 'the digest is another' };
    const state = applyChanges(held.state, changesOf(envelope.entries), envelope.through, {
      engines: this.#engines,
    });
    for (const entry of envelope.entries) {
      if (isPresent(entry)) this.#entries.set(keyOf(entry), entry);
      else this.#entries.delete(keyOf(entry));
    }
    return this.#hold(envelope, state);
  }

  /** Repeated or overtaken: an interval that ends at or before what is held, or the very snapshot that is held. */
  #isOld({ generation, kind, through, digest }: EnvelopePayload): boolean {
    const held = this.#view;
    if (held?.generation.id !== generation.id) return false;
    return kind === 'interval' ? through <= held.revision : through === held.revision && digest === held.digest;
  }

  #hold({ generation, through, digest }: EnvelopePayload, state: State): Offered {
    const view: SliceView = { generation, revision: through, digest, state };
    this.#view = view;
    return { kind: 'applied', view };
  }
}

/** Whether a generation is the one that the root key names in the key set: a feed key alone cannot open a new one (protocol B3). */
export function isNamed(generation: Generation, named: Generation): boolean {
  return generation.number === named.number && generation.id === named.id;
}

/** Why this generation and revision would take the guard back; `undefined` when they do not. Equal is not back. */
export function goesBack(generation: Generation, revision: number, mark: HighWater | undefined): string | undefined {
  if (!mark || generation.number > mark.generation.number) return undefined;
  if (generation.number < mark.generation.number) return 'its generation is over';
  if (generation.id !== mark.generation.id) return 'its generation is another of the same number';
  return revision < mark.revision ? 'it is behind what this guard has been at' : undefined;
}

function keyOf([kind, id]: Entry): string {
  return `${kind}\0${id}`;
}

function isPresent(entry: Entry): entry is [string, string, Entry[2], string] {
  return entry[3] !== null;
}

function changesOf(entries: readonly Entry[]): Change[] {
  return entries.map(([kind, id, revision, text]) => ({
    kind,
    id,
    revision,
    value: text === null ? null : parsed(text),
  }));
}

/** A text that is not JSON becomes `undefined`: present, and readable by nobody. Policy treats it as such. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
