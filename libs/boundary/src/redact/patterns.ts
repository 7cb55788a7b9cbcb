import { RE2JS } from 're2js';
import type { Finding } from './finding.js';

/** What a matching has left to spend, in steps: the size of the expression times the length of what it may have to read. */
export interface Work {
  left: number;
}

/** Thrown where an expression cannot be compared with a text within bounds: the answer is withheld. */
export class TooMuchWork extends Error {}

/** A compiled expression of an administrator. Throws `TooMuchWork`. */
export type PatternFinder = (text: string, work: Work) => Iterable<Finding>;

/** How much is read at once, and by how much two readings overlap: the longest match that is found in a longer text. */
const piece = 4096;
const overlap = piece / 2;

/**
 * Compiles an RE2 expression; throws an `Error` when it is none. re2js does not backtrack, and this bounds what is left: every
 * search reads at most one piece of the text, and all of them together spend from one budget.
 */
export function patternFinder(expression: string): PatternFinder {
  const compiled = RE2JS.compile(expression);
  return function* (text, work) {
    for (let from = 0; from < text.length; from += overlap) {
      const isLast = from + piece >= text.length;
      yield* inPiece(compiled, text.slice(from, from + piece), { from, isLast, work });
      if (isLast) return;
    }
  };
}

interface Reading {
  readonly from: number;
  readonly isLast: boolean;
  readonly work: Work;
}

function* inPiece(compiled: RE2JS, text: string, { from, isLast, work }: Reading): Iterable<Finding> {
  const weight = compiled.programSize();
  const matcher = compiled.matcher(text);
  let at = 0;
  for (;;) {
    work.left -= weight * (text.length - at + 1);
    if (work.left < 0) throw new TooMuchWork();
    if (!matcher.find()) return;
    at = matcher.end();
    const start = matcher.start();
    if (at === start) continue;
    const mayGoOn = !isLast && at === text.length;
    if (mayGoOn && start < overlap) throw new TooMuchWork();
    if (!mayGoOn) yield { from: from + start, to: from + at, what: 'pattern' };
  }
}
