import { describe, expect, it } from 'vitest';
import { FetchRefusal } from '../platform/fetch-refusal.js';
import { silentLog } from '../testing/test-link.js';
import { KeyCache } from './key-cache.js';

const minute = 60_000;

/** A source that counts how often it was read, and says so as its keys. */
function source(name: string, isDown: () => boolean = () => false) {
  let reads = 0;
  const read = async () => {
    reads++;
    if (isDown()) throw new FetchRefusal('unreachable');
    return reads;
  };
  return { name, read };
}

describe('the cache of published keys', () => {
  it('holds a thousand sources, and forgets the one that was asked for longest ago', async () => {
    const cache = new KeyCache<number>(silentLog, () => 0);
    const [first, second] = [source('first'), source('second')];
    await cache.keysOf(first);
    await cache.keysOf(second);
    for (let n = 0; n < 998; n++) await cache.keysOf(source(`other-${n}`));
    expect([await cache.keysOf(first), await cache.keysOf(source('one more'))]).toEqual([1, 1]);
    expect([await cache.keysOf(first), await cache.keysOf(second)]).toEqual([1, 2]);
  });

  it('asks a source that is down at most every 30 seconds', async () => {
    let [now, isDown] = [0, true];
    const cache = new KeyCache<number>(silentLog, () => now);
    const down = source('down', () => isDown);
    expect(await cache.keysOf(down)).toBeUndefined();
    isDown = false;
    now += minute / 2 - 1;
    expect(await cache.keysOf(down)).toBeUndefined();
    now += 1;
    expect(await cache.keysOf(down)).toBe(2);
  });

  it('takes a fault of ours for a fault', async () => {
    const read = () => Promise.reject(new TypeError('ours'));
    await expect(new KeyCache<number>(silentLog).keysOf({ name: 'x', read })).rejects.toThrow('ours');
  });
});
