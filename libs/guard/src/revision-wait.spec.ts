import { TestClock } from '@portcullis/testkit';
import { describe, expect, it } from 'vitest';
import { RevisionWait } from './revision-wait.js';

function waited(wait: RevisionWait, revision: number, held: number) {
  const state = { isOver: false };
  void wait.until(revision, held).then(() => (state.isOver = true));
  return async () => {
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    return state.isOver;
  };
}

describe('a token that is newer than the guard', () => {
  it('waits until its revision is held', async () => {
    const wait = new RevisionWait(new TestClock());
    const isOver = waited(wait, 12, 10);
    wait.reached(11);
    expect([await isOver(), wait.count]).toEqual([false, 1]);
    wait.reached(12);
    expect([await isOver(), wait.count]).toEqual([true, 0]);
  });

  it('waits no longer than a second', async () => {
    const clock = new TestClock();
    const wait = new RevisionWait(clock);
    const isOver = waited(wait, 12, 10);
    clock.advance(999);
    expect(await isOver()).toBe(false);
    clock.advance(1);
    expect([await isOver(), wait.count]).toEqual([true, 0]);
  });

  it('does not wait when what it needs is held, or its revision is no number', async () => {
    const wait = new RevisionWait(new TestClock());
    for (const revision of [10, 9, Number.NaN]) expect(await waited(wait, revision, 10)()).toBe(true);
  });

  it('does not wait where 64 wait already', async () => {
    const wait = new RevisionWait(new TestClock());
    const first = Array.from({ length: 64 }, () => waited(wait, 12, 10));
    expect(await waited(wait, 12, 10)()).toBe(true);
    expect([wait.count, await first[0]?.()]).toEqual([64, false]);
  });
});
