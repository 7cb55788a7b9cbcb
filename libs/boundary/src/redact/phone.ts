import { byExpression, type Finder } from './finding.js';

const forms = [
  // International: + or 00, then 8 to 15 digits.
  byExpression('phone', /(?<![\w+])(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\d)/g),
  // North American: three, three and four, with something between.
  byExpression('phone', /(?<![\w-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?!\d)/g),
  // National elsewhere: begins with 0, then 8 to 12 digits, with a space, slash or bracket after the area.
  byExpression('phone', /(?<![\w.-])\(?0\d{1,4}(?:\) ?|[ /])\d(?:[ /-]?\d){4,9}(?!\d)/g),
];

/** Phone numbers as people write them. Digits alone are none: they may be anything. */
export const phones: Finder = function* (text) {
  for (const form of forms) yield* form(text);
};
