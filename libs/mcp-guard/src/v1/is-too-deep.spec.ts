import { describe, expect, it } from 'vitest';
import { deepestMessage, isTooDeep } from './is-too-deep.js';

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('a message nested deeper than is read', () => {
  it('is told from one that is nested as deep as may be', () => {
    expect(isTooDeep(nested(deepestMessage + 1))).toBe(false);
    expect(isTooDeep(nested(deepestMessage + 2))).toBe(true);
  });

  it.each([null, 7, 'text', {}, { params: { arguments: [{ a: null }] } }])('is not %j', (message) =>
    expect(isTooDeep(message)).toBe(false),
  );

  it('is found without ending the stack, however deep and in whatever it is nested', () => {
    expect(isTooDeep({ params: { arguments: { a: nested(200_000) } } })).toBe(true);
    expect(isTooDeep(JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)))).toBe(true);
  });
});
