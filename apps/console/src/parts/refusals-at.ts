import { problemOf, type ShownCode } from './problem.js';
import { problemTexts } from './problem-texts.js';
import { visibleString } from './visible-text.js';

export interface PlacedRefusals<Field extends string> {
  /** What was refused about each field, to be said at it. */
  readonly at: Readonly<Partial<Record<Field, string>>>;
  /** True when every reason stands at a field; then a form only has to say that nothing was done. */
  readonly isPlaced: boolean;
}

/**
 * Places a refusal at the fields it is about: those the server names in `details.fields`; for a code in `codes` the one its
 * sentence begins with, and otherwise the one that `codes` names.
 */
export function refusalsAt<Field extends string>(
  error: unknown,
  names: readonly Field[],
  codes: Readonly<Partial<Record<ShownCode, Field>>> = {},
): PlacedRefusals<Field> {
  const at: Partial<Record<Field, string>> = {};
  if (!error) return { at, isPlaced: false };
  const { code, said, fields } = problemOf(error);
  for (const { path, message } of fields) {
    const name = names.find((one) => one === path);
    if (name !== undefined) at[name] = visibleString(message);
  }
  if (fields.length > 0) return { at, isPlaced: fields.every(({ path }) => names.some((name) => name === path)) };
  const { place, reason } = placeAndReason(said);
  const named = names.find((name) => name === place) ?? codes[code];
  if (named === undefined || codes[code] === undefined) return { at, isPlaced: false };
  at[named] = `${problemTexts[code].what}${reason === null ? '' : `: ${visibleString(reason)}`}`;
  return { at, isPlaced: true };
}

/** The server begins a sentence about one field with its name, such as "jwksUri: the host is not public". */
function placeAndReason(said: string | null) {
  const [, place = null, reason = said] = /^([a-z]\w*): (.+)$/s.exec(said ?? '') ?? [];
  return { place, reason };
}
