import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilTime } from './civil-time.js';

const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const last = Date.parse('9999-12-31T23:59:59.999Z');

test('every instant of the years 1970 to 9999 is what the calendar says', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 0, max: last }), fc.constantFrom(0, last, 951_782_400_000)), (instant) => {
      const at = new Date(instant);
      expect(civilTime(instant)).toEqual({
        text: at.toISOString(),
        hour: at.getUTCHours(),
        weekday: names[at.getUTCDay()],
      });
    }),
    { numRuns: 5_000 },
  );
});

test.each([-1, last + 1, 0.5, Number.NaN, Infinity])('%d is no instant a policy can read', (instant) => {
  expect(civilTime(instant)).toBeUndefined();
});
