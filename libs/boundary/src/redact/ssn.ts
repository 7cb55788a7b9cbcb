import { byExpression } from './finding.js';

/** US social security numbers in groups, of those that can have been issued. */
export const ssns = byExpression('ssn', /(?<!\d)(?!000|666|9)\d{3}([ -])(?!00)\d{2}\1(?!0000)\d{4}(?!\d)/g);
