import type { ConstraintCheck } from './constraint-check.js';

/** Of a grant without constraints. */
export const noChecks: readonly ConstraintCheck[] = [];

interface Shared {
  readonly checks: readonly ConstraintCheck[];
  readonly more: WeakMap<ConstraintCheck, Shared>;
}

const shared: Shared = { checks: noChecks, more: new WeakMap() };

/** One list for all grants with the same checks in the same order: a decision then finds it in the processor's caches. */
export function sharedChecks(checks: readonly ConstraintCheck[]): readonly ConstraintCheck[] {
  let at = shared;
  for (const check of checks) {
    const known = at.more.get(check);
    const next = known ?? { checks: [...at.checks, check], more: new WeakMap() };
    if (!known) at.more.set(check, next);
    at = next;
  }
  return at.checks;
}
