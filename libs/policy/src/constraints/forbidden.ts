import type { ValueCheck } from './constraint-check.js';
import { missing } from './values-at.js';

/** The parameter must not be given, not even as `null`. */
export const checkForbidden: ValueCheck = (value) => (value === missing ? undefined : 'must not be given');
