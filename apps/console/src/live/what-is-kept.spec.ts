import { describe, expect, it } from 'vitest';
import { whatIsKept } from './what-is-kept.js';

const nothing = { auditLevel: null, withheld: null, labels: null };

describe('what is told of a result and its record', () => {
  it('is words, and none where there is nothing to tell', () => {
    expect(whatIsKept(nothing)).toEqual([]);
    expect(whatIsKept({ ...nothing, labels: { trust: 'untrusted', secrecy: null } })).toEqual(['untrusted']);
    expect(
      whatIsKept({
        auditLevel: 'digest',
        withheld: '2 parts of the content could not be filtered',
        labels: { trust: 'untrusted', secrecy: 'internal' },
      }),
    ).toEqual([
      'untrusted · internal',
      'withheld: 2 parts of the content could not be filtered',
      'recorded by hashes only',
    ]);
    expect(whatIsKept({ ...nothing, withheld: 'the result was withheld: it cannot be read' })).toEqual([
      'the result was withheld: it cannot be read',
    ]);
  });
});
