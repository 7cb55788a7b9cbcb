import type { ItemConstraint } from '@portcullis/contracts';
import type { ConstraintCheck, Records } from './constraints/constraint-check.js';
import { ruleOf } from './constraints/rule-of.js';
import { valuesAt } from './constraints/values-at.js';
import { noEngines, type Engines } from './engines.js';
import type { Call } from './types.js';

/** Whether an item of a list keeps all limits, for the caller of this call. Never throws. `records` is the state the call was decided against. */
export type ItemCheck = (item: unknown, call: Pick<Call, 'claims' | 'tool'>, records: Records) => boolean;

const place = 'item';

/**
 * Compiles the limits of an `items` obligation, which say which items of a result may leave. They mean what they mean of a
 * parameter: an item without the field keeps none but `forbidden`. `undefined`: one of them is unknown or malformed, or needs an
 * engine that is not given; then nothing may leave.
 */
export function compileItemCheck(
  limits: readonly ItemConstraint[],
  engines: Engines = noEngines,
): ItemCheck | undefined {
  const checks: ConstraintCheck[] = [];
  for (const limit of limits) {
    const path = limit.path === '.' ? place : `${place}.${limit.path}`;
    try {
      checks.push(valuesAt(path, ruleOf(limit, engines)));
    } catch {
      return undefined;
    }
  }
  return (item, { claims, tool }, records) => {
    const asked = { arguments: { [place]: item }, claims, tool };
    return checks.every((check) => check(asked, records) === undefined);
  };
}
