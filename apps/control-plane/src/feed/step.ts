import { isVisible } from './is-visible.js';
import { keyOf, objectOf, valueAs, type LogChange, type LogObject } from './log-object.js';
import { xor, type Delta, type Departure, type Upsert } from './delta.js';
import type { World } from './world.js';

/** What one revision does to each slice: nothing (absent), a difference, or a slice that begins or ends with it. */
export interface Step {
  readonly deltas: ReadonlyMap<string, Delta>;
  readonly restarted: ReadonlySet<string>;
}

type View = ReadonlyMap<string, LogObject>;

/**
 * Moves the world by the changes of one revision. Only what can have changed is looked at: the changed objects and, when an
 * assignment changed, everything about its agent.
 */
export function step(world: World, slices: Iterable<string>, revision: number, changes: readonly LogChange[]): Step {
  const newest = new Map(changes.map((change) => [keyOf(change.kind, change.id), change]));
  const servers = changes.filter((change) => change.kind === 'server').map((change) => change.id);
  const watched = new Set([...slices, ...servers]);
  const keys = candidates(world, newest);
  const homes = new Map([...watched].map((slice) => [slice, world.environmentOf(slice)]));
  const before = new Map([...watched].map((slice) => [slice, look(world, slice, keys)]));
  for (const change of newest.values()) world.place(change);

  const deltas = new Map<string, Delta>();
  const restarted = new Set<string>();
  for (const [slice, view] of before) {
    if (world.environmentOf(slice) !== homes.get(slice)) {
      restarted.add(slice);
      continue;
    }
    const delta = difference(view, look(world, slice, keys), revision);
    if (delta) deltas.set(slice, delta);
  }
  return { deltas, restarted };
}

function candidates(world: World, newest: ReadonlyMap<string, LogChange>): Set<string> {
  const keys = new Set(newest.keys());
  for (const [key, change] of newest) {
    if (change.kind !== 'assignment') continue;
    for (const object of [world.get(key), objectOf(change)]) {
      const agent = valueAs(object, 'assignment')?.agent;
      if (agent !== undefined) for (const about of world.keysAbout(agent)) keys.add(about);
    }
  }
  return keys;
}

function look(world: World, slice: string, keys: Iterable<string>): View {
  const view = new Map<string, LogObject>();
  for (const key of keys) {
    const object = world.get(key);
    if (object && isVisible(world, slice, object)) view.set(key, object);
  }
  return view;
}

function difference(before: View, after: View, revision: number): Delta | undefined {
  const upserts = new Map<string, Upsert>();
  const left = new Map<string, Departure>();
  let mask: Buffer = Buffer.alloc(32);
  for (const [key, old] of before) {
    if (after.get(key) === old) continue;
    mask = xor(mask, old.digest);
    if (!after.has(key)) left.set(key, { kind: old.kind, id: old.id, revision });
  }
  for (const [key, object] of after) {
    if (before.get(key) === object) continue;
    mask = xor(mask, object.digest);
    upserts.set(key, { object, isNew: !before.has(key) });
  }
  return upserts.size + left.size === 0 ? undefined : { upserts, left, mask };
}
