import { createPublicKey } from 'node:crypto';
import { publicKeyHash } from '@portcullis/contracts/signed';
import { LinkKeys, newFeedKey } from '@portcullis/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeldKeySet, openKeySet, rootKeyOf } from './key-set.js';

const generation = { number: 1, id: 'g1' };
let keys: LinkKeys;

beforeEach(() => {
  keys = new LinkKeys('http://localhost:4000');
});

function held(): HeldKeySet {
  const rootKey = createPublicKey(keys.root.privateKey);
  const set = openKeySet(keys.keySet(generation), rootKey);
  if (!set) throw new Error('the key set does not open');
  return new HeldKeySet(rootKey, set);
}

describe('P-D4 a key set', () => {
  it('is replaced only by one of a higher number', () => {
    const set = held();
    expect(set.offer(keys.keySet(generation))).toBe(false);
    const first = keys.keySet(generation);
    keys.rotate();
    expect(set.offer(keys.keySet(generation))).toBe(true);
    expect(set.current.number).toBe(2);
    expect(set.offer(first)).toBe(false);
    expect(set.current.number).toBe(2);
  });

  it('is not replaced by one that the root did not sign', () => {
    const set = held();
    keys.rotate();
    expect(set.offer(keys.keySet(generation, keys.feed.privateKey))).toBe(false);
    expect(set.offer({ ...keys.keySet(generation), payload: '{}' })).toBe(false);
    expect(set.current.number).toBe(1);
  });

  it('gives a feed key only within its time', () => {
    const set = held();
    expect(set.feedKey('feed-1', 1)).toBeDefined();
    expect(set.feedKey('feed-1', -1)).toBeUndefined();
    expect(set.feedKey('feed-1', Date.UTC(9999, 0, 1))).toBeUndefined();
    expect(set.feedKey('feed-2', 1)).toBeUndefined();
  });

  it('P-F2 comes from the root key that the join token names, and no other', () => {
    const hash = publicKeyHash(createPublicKey(keys.root.privateKey));
    expect(rootKeyOf(keys.rootKey, hash)).toBeDefined();
    expect(rootKeyOf(new LinkKeys('other').rootKey, hash)).toBeUndefined();
    expect(rootKeyOf('nonsense', hash)).toBeUndefined();
    expect(openKeySet(keys.keySet(generation), createPublicKey(newFeedKey('x').privateKey))).toBeUndefined();
  });
});
