import { constraintLimits } from '@portcullis/contracts';
import type { ConstrainedCall, ConstraintCheck, Records, ValueCheck, ValueRule } from './constraint-check.js';

/** Stands for: nothing is there. `undefined` is a value an object may hold. */
export const missing = Symbol('missing');

const isMissing = 'is missing';
const everyItem = '*';
const index = /^(0|[1-9]\d*)$/;

/**
 * Asks a kind about the value at `path`; with `*` in it about every item there, up to 1,000 values in all. A path that leads
 * nowhere is refused; a list without items holds none that could be wrong. Follows own properties only, and into a list by
 * index only, so neither a prototype nor a length satisfies anything.
 */
export function valuesAt(path: string, rule: ValueRule): ConstraintCheck {
  const { check, asksMissing = false, mostText = Infinity } = rule;
  const steps = path.split('.');
  const asked: ValueCheck = asksMissing
    ? check
    : (value, call, records) => (value === missing ? isMissing : check(value, call, records));
  if (!steps.includes(everyItem))
    return (call, records) => {
      const value = follow(call.arguments, steps);
      const wrong = value === missing && !asksMissing ? isMissing : check(value, call, records);
      return wrong === undefined ? undefined : `${path} ${wrong}`;
    };
  const look = everyAt(steps, asked);
  return (call, records) => {
    try {
      return look(call.arguments, '', { values: constraintLimits.items, text: mostText }, call, records);
    } catch {
      return `${path} cannot be read`;
    }
  };
}

/** What one call may still cost one constraint. */
interface Budget {
  values: number;
  text: number;
}

type Look = (from: unknown, at: string, budget: Budget, call: ConstrainedCall, records: Records) => string | undefined;

/** The steps up to the first `*`, then the rest from each item on. */
function everyAt(steps: readonly string[], check: ValueCheck): Look {
  const star = steps.indexOf(everyItem);
  if (star < 0) return lastOf(steps, check);
  const before = steps.slice(0, star);
  const look = everyAt(steps.slice(star + 1), check);
  return (from, at, budget, call, records) => {
    const list = follow(from, before);
    const name = joined(at, before);
    if (list === missing) return said(name, check(missing, call, records));
    if (!Array.isArray(list)) return `${name} is not a list`;
    if (list.length > budget.values) return `${name} has more items than are read, ${constraintLimits.items} in all`;
    budget.values -= list.length;
    for (let item = 0; item < list.length; item += 1) {
      const wrong = look(list[item], `${name}.${item}`, budget, call, records);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

function lastOf(steps: readonly string[], check: ValueCheck): Look {
  return (from, at, budget, call, records) => {
    const value = follow(from, steps);
    const name = joined(at, steps);
    if (typeof value === 'string') budget.text -= value.length;
    return budget.text < 0 ? `${name} is more text than is read` : said(name, check(value, call, records));
  };
}

function said(name: string, wrong: string | undefined): string | undefined {
  return wrong === undefined ? undefined : `${name} ${wrong}`;
}

function joined(at: string, steps: readonly string[]): string {
  return at === '' ? steps.join('.') : [at, ...steps].join('.');
}

/** The value at a path without `*`; `missing` when it leads nowhere. */
export function valueAt(from: unknown, path: string): unknown {
  return follow(from, path.split('.'));
}

function follow(from: unknown, steps: readonly string[]): unknown {
  let at = from;
  try {
    for (const step of steps) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return missing;
      if (Array.isArray(at) && !index.test(step)) return missing;
      at = (at as Readonly<Record<string, unknown>>)[step];
    }
  } catch {
    return missing;
  }
  return at;
}
