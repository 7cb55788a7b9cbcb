import type { Finding } from './finding.js';

const shortest = 13;
const longest = 19;
const zero = 0x30;
const nine = 0x39;

/** A run of digits without what stands between them: each with its place in the text, and whether a group begins or ends with it. */
interface Run {
  readonly digits: readonly number[];
  readonly places: readonly number[];
  readonly begins: readonly boolean[];
}

/**
 * Payment card numbers: 13 to 19 digits that begin as the networks' do and keep the Luhn check, in one piece or in groups with one
 * space or hyphen between. A number begins and ends where a group does.
 */
export function* cards(text: string): Iterable<Finding> {
  for (const { 0: found, index } of text.matchAll(/\d+(?:[ \u00a0-]\d+)*/g))
    if (found.length >= shortest) yield* cardsIn(runOf(found, index));
}

function runOf(text: string, from: number): Run {
  const digits: number[] = [];
  const places: number[] = [];
  const begins: boolean[] = [];
  let isBegin = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= zero && code <= nine;
    if (isDigit) {
      digits.push(code - zero);
      places.push(from + at);
      begins.push(isBegin);
    }
    isBegin = !isDigit;
  }
  return { digits, places, begins };
}

function* cardsIn({ digits, places, begins }: Run): Iterable<Finding> {
  for (let first = 0; first + shortest <= digits.length; first += 1) {
    if (!begins[first] || !isIssued(digits[first] ?? 0, digits[first + 1] ?? 0)) continue;
    for (let past = first + shortest; past <= Math.min(first + longest, digits.length); past += 1) {
      const isEnd = past === digits.length || begins[past] === true;
      if (isEnd && keepsLuhn(digits, first, past))
        yield { from: places[first] ?? 0, to: (places[past - 1] ?? 0) + 1, what: 'card' };
    }
  }
}

/** The numbers of the networks begin with 22 to 27, or with 3, 4, 5 or 6. */
function isIssued(first: number, second: number): boolean {
  return first === 2 ? second >= 2 && second <= 7 : first >= 3 && first <= 6;
}

function keepsLuhn(digits: readonly number[], first: number, past: number): boolean {
  let sum = 0;
  for (let at = past - 1; at >= first; at -= 1) {
    const digit = digits[at] ?? 0;
    const doubled = (past - 1 - at) % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
