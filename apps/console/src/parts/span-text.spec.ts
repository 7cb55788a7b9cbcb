import { expect, it } from 'vitest';
import { spanOfSeconds } from './span-text.js';

it.each([
  [0, '0 s'],
  [59, '59 s'],
  [90, '90 s'],
  [900, '15 min'],
  [5_400, '90 min'],
  [7_200, '2 h'],
  [2_592_000, '30 d'],
])('%i seconds read %s', (seconds, text) => {
  expect(spanOfSeconds(seconds)).toBe(text);
});
