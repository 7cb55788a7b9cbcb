import type { PolicyValueType } from '@portcullis/contracts';
import type { CedarJson } from './cedar-json.js';
import { cedarValue, isRecord } from './cedar-value.js';

/** By path (as `pathKey` writes it): what each parameter of one tool is to a policy. */
export type ParameterTypes = ReadonlyMap<string, PolicyValueType>;

/** One path as a key. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

/** What a policy reads of the arguments, as Cedar has it; or in words what cannot be handed over, which denies. */
export type ArgumentsRead = { readonly value: Record<string, CedarJson> } | { readonly unfit: string };

type Tree = Record<string, CedarJson>;

/**
 * The parameters at these paths. `null` counts as absent. A parameter of which the policy knows no type is absent when the call
 * does not give it, and unfit when it does: the policy was published before the tool had it.
 */
export function cedarArguments(
  given: unknown,
  paths: readonly (readonly string[])[],
  types: ParameterTypes,
): ArgumentsRead {
  const value: Tree = {};
  if (given === undefined || given === null) return { value };
  if (!isRecord(given)) return { unfit: 'the arguments are no object' };
  for (const path of paths) {
    const found = valueAt(given, path);
    if (found === undefined) continue;
    const type = types.get(pathKey(path));
    if (type === undefined || found === unreachable)
      return { unfit: `${path.join('.')} is not what the policy was published for` };
    const cedar = cedarValue(found, type);
    if (cedar === undefined) return { unfit: `${path.join('.')} does not fit ${type}` };
    place(value, path, cedar);
  }
  return { value };
}

const unreachable = Symbol('something on the way is no object');

/** `undefined`: absent, or `null` on the way. */
function valueAt(given: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let at: unknown = given;
  for (const name of path) {
    if (!isRecord(at)) return unreachable;
    if (!Object.hasOwn(at, name)) return undefined;
    at = at[name];
    if (at === null || at === undefined) return undefined;
  }
  return at;
}

function place(tree: Tree, path: readonly string[], value: CedarJson): void {
  let at = tree;
  path.forEach((name, index) => {
    const held = Object.hasOwn(at, name) ? (at[name] as Tree) : undefined;
    if (index === path.length - 1) at[name] = held && isRecord(value) ? held : value;
    else at = at[name] = held ?? {};
  });
}

const notNames: ReadonlySet<string> = new Set(['__proto__', '__entity', '__extn', '__expr']);

/** Names that mean something to JavaScript or to Cedar's JSON and so are never read as a parameter's. */
export function isReservedName(name: string): boolean {
  return notNames.has(name);
}
