import {
  conversationScope,
  directoryScope,
  identitiesOf,
  identityText,
  type Identity,
  type IdentityForm,
} from '@portcullis/contracts';
import type { HashEngine } from '../engines.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { isRecord } from './cedar-value.js';

/** Texts that are looked for in one call, their UTF-16 units in all, and how deep parameters may lie. What is beyond was not found. */
const most = { texts: 100, length: 16_384, depth: 8 } as const;

/**
 * The parameters whose values stand in the conversation's record, as the user's own request, or in a directory, in any form in which
 * they can be read: a text by its path below the arguments, a list of texts when every one of them does. Only digests that a trusted
 * party registered are asked (protocol E6). Pure, never throws.
 */
export function provenanceOf(
  state: State,
  call: Pick<Call, 'arguments' | 'claims'>,
  hash: HashEngine,
): readonly string[] {
  const isFound = registeredIn(state, call, hash);
  const found: string[] = [];
  const left: { texts: number; length: number } = { ...most };
  const isText = (value: unknown): value is string => {
    if (typeof value !== 'string' || left.texts === 0 || value.length > left.length) return false;
    left.texts -= 1;
    left.length -= value.length;
    return identitiesOf(value).some(isFound);
  };
  const look = (value: unknown, path: readonly string[]): void => {
    if (isRecord(value) && path.length < most.depth) {
      // A name with a dot in it would pass for a path.
      for (const name of Object.keys(value)) if (!name.includes('.')) look(value[name], [...path, name]);
    } else if (Array.isArray(value) ? value.length > 0 && value.every(isText) : isText(value)) {
      found.push(path.join('.'));
    }
  };
  if (isRecord(call.arguments)) look(call.arguments, []);
  return found;
}

/** Whether an identity stands where somebody who may be believed has put it. */
function registeredIn(
  { conversations, directories }: State,
  { claims }: Pick<Call, 'claims'>,
  hash: HashEngine,
): (identity: Identity) => boolean {
  const { conversation } = claims;
  const requested = conversation === undefined ? undefined : conversations.get(conversation)?.requested;
  const own =
    conversation !== undefined && requested && requested.size > 0
      ? { scope: conversationScope(conversation), entries: requested }
      : undefined;
  const byForm = placesOf(directories);
  return (identity) => {
    const isIn = ({ scope, entries }: Place) => entries.has(hash.sha256(identityText(scope, identity)));
    return (own !== undefined && isIn(own)) || (byForm.get(identity.as)?.some(isIn) ?? false);
  };
}

/** Digests that were made for one scope. */
interface Place {
  readonly scope: string;
  readonly entries: ReadonlySet<string>;
}
type PlacesByForm = ReadonlyMap<IdentityForm, readonly Place[]>;

const known = new WeakMap<State['directories'], PlacesByForm>();

/** Every directory of a state by what it holds, gathered once for as long as none of them changes. */
function placesOf(directories: State['directories']): PlacesByForm {
  const held = known.get(directories);
  if (held) return held;
  const byForm = new Map<IdentityForm, Place[]>();
  directories.forEach(({ holds, entries }, id) => {
    if (entries.size > 0) byForm.set(holds, [...(byForm.get(holds) ?? []), { scope: directoryScope(id), entries }]);
  });
  known.set(directories, byForm);
  return byForm;
}
