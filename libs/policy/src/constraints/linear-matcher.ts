import { RE2Set } from 're2js';

/** Steps of matching, weight of the expression times length of the text: what one value may cost, and all values of one call. */
const mostWork = 100_000;
const mostWorkInAll = 400_000;
const mostWeight = 500;
const longestText = 4096;
/** Bytes of states an expression may keep between calls; past them it matches more slowly, never wrongly. */
const mostMemory = 256 * 1024;

export interface LinearMatcher {
  /** The longest text it reads, in UTF-16 units; a longer one is refused unread. */
  readonly longest: number;
  /** The most it reads in all the values of one call. */
  readonly mostText: number;
  /** Whether the whole text matches. */
  readonly matches: (text: string) => boolean;
}

/**
 * Compiles an RE2 expression that is to match as a whole. RE2 does not backtrack: matching costs at most the size of the
 * expression times the length of the text, and that product is bounded here. re2js is a port in plain JavaScript, synchronous
 * and without a dependency or an `eval`, so it runs wherever this library runs and gives every host the same answer; that is why
 * it is used directly and not through a port (protocol G2), by which a host could hand in an engine that backtracks.
 * Throws an `Error` that says what to write instead.
 */
export function linearMatcher(expression: string): LinearMatcher {
  const weight = weightOf(expression);
  if (weight > mostWeight)
    throw new Error(
      `the expression repeats too much: with its counts written out it weighs ${weight}, more than ${mostWeight}`,
    );
  const set = new RE2Set(RE2Set.ANCHOR_BOTH, 0, mostMemory);
  set.add(expression);
  const matches = (text: string) => set.match(text).length > 0;
  matches('');
  return {
    longest: Math.min(longestText, Math.floor(mostWork / weight)),
    mostText: Math.floor(mostWorkInAll / weight),
    matches,
  };
}

/** The size of an expression with its counted repetitions written out, never too small: nested ones multiply. */
function weightOf(expression: string): number {
  let atoms = expression.length + 1;
  let groups = 1;
  for (const [, group, least, most] of expression.matchAll(/(\)?)\{(\d+)(?:,(\d*))?\}/g)) {
    const count = Math.max(1, Number(least), Number(most ?? 0));
    if (group === ')') groups *= count;
    else atoms += count;
  }
  return atoms * groups;
}
