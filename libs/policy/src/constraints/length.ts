import type { ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck } from './constraint-check.js';
import { counted } from './counted.js';

/** A text of `min` to `max` code points. What a person calls a character may be several of them; no text is normalised. */
export function compileLength({ min = 0, max = Infinity }: Bounds): ValueCheck {
  return (value) => {
    if (typeof value !== 'string') return 'is not text';
    if (value.length < min) return `has fewer than ${counted(min, 'character')}`;
    const most = Math.max(max === Infinity ? 0 : max, min);
    const count = codePoints(value, most);
    if (count < min) return `has fewer than ${counted(min, 'character')}`;
    return count > max ? `has more than ${counted(max, 'character')}` : undefined;
  };
}

type Bounds = Pick<ConstraintOf<'length'>, 'min' | 'max'>;

/** Counts no further than one past `most`. */
function codePoints(text: string, most: number): number {
  let count = 0;
  for (let at = 0; at < text.length && count <= most; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
