import { describe, expect, test } from 'vitest';
import { TestClock, waitFor } from './clock.js';

describe('the test clock', () => {
  test('lets all three clocks pass together', () => {
    const clock = new TestClock({ wall: 1_000, uptime: 500 });

    clock.advance(250);

    expect([clock.monotonic(), clock.uptime(), clock.wall()]).toEqual([250, 750, 1_250]);
  });

  test('stops monotonic time and timers while the machine sleeps', () => {
    const clock = new TestClock({ wall: 1_000, uptime: 500 });
    const ran: number[] = [];
    clock.after(100, () => ran.push(clock.monotonic()));

    clock.suspend(1_000);

    expect([clock.monotonic(), clock.uptime(), clock.wall()]).toEqual([0, 1_500, 2_000]);
    expect(ran).toEqual([]);
  });

  test('moves the wall clock alone', () => {
    const clock = new TestClock({ wall: 1_000, uptime: 500 });

    clock.moveWall(-400);

    expect([clock.monotonic(), clock.uptime(), clock.wall()]).toEqual([0, 500, 600]);
  });

  test('runs what falls due in order and at its time, also what is planned on the way', () => {
    const clock = new TestClock();
    const ran: string[] = [];
    const note = (what: string) => ran.push(`${what} at ${clock.monotonic()}`);
    clock.every(100, () => note('every'));
    clock.after(150, () => {
      note('after');
      clock.after(25, () => note('planned'));
    });
    const cancel = clock.after(160, () => note('cancelled'));
    cancel();

    clock.advance(200);

    expect(ran).toEqual(['every at 100', 'after at 150', 'planned at 175', 'every at 200']);
  });
});

describe('waiting for a condition', () => {
  test('gives back what the condition gave', async () => {
    let asked = 0;

    expect(await waitFor(() => (asked++ < 2 ? undefined : 'here'), { what: 'it to be here' })).toBe('here');
  });

  test('fails with what was awaited and how it failed last', async () => {
    const never = waitFor(() => Promise.reject(new Error('not yet')), { what: 'the guard to hold 7', withinMs: 20 });

    await expect(never).rejects.toThrow('waited 20 ms for the guard to hold 7; last: not yet');
  });
});
