import type { GrantGiven } from '@portcullis/policy';
import { constraintText } from '../grants/constraint-text.js';
import { obligationText } from '../grants/obligation-text.js';

/** What a grant asks for, in words. */
export function accessWords({ conditions, obligations }: Pick<GrantGiven, 'conditions' | 'obligations'>) {
  return { conditions: conditions.map(constraintText), obligations: obligations.map(obligationText) };
}
