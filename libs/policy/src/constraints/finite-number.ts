import type { ValueCheck } from './constraint-check.js';

/** Asks only about finite numbers; a text is not read as one. JSON text such as 1e400 arrives as Infinity and is refused here. */
export function finiteNumber(check: (value: number) => string | undefined): ValueCheck {
  return (value) => {
    if (typeof value !== 'number') return 'is not a number';
    return Number.isFinite(value) ? check(value) : 'is not a finite number';
  };
}
