import { TestClock } from '@portcullis/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { ControlTime } from './control-time.js';
import { Lease, tickMs, type Moment } from './lease.js';

let clock: TestClock;
let lease: Lease;

beforeEach(() => {
  clock = new TestClock();
  lease = new Lease(clock);
  clock.every(tickMs, () => lease.tick());
});

function answered(sent: Moment, head = 1, generation = 'g1') {
  lease.offer({ sent, generation, head, leaseMs: 10_000, reportEveryMs: 3000 });
}

describe('a lease', () => {
  it('P-A1 there is none before the first answer, whatever is applied', () => {
    lease.applied('g1', 7);
    expect(lease.overMs()).toBeUndefined();
  });

  it('P-A1 runs from the sending of the report, not from its answer', () => {
    const sent = lease.moment();
    clock.advance(2000);
    answered(sent);
    lease.applied('g1', 1);
    clock.advance(7999);
    expect(lease.overMs()).toBe(-1);
    clock.advance(1);
    expect(lease.overMs()).toBe(0);
  });

  it('P-A1 starts only once the head of the answer is applied, in its own generation', () => {
    answered(lease.moment(), 5);
    lease.applied('g1', 4);
    expect(lease.overMs()).toBeUndefined();
    lease.applied('g0', 5);
    expect(lease.overMs()).toBeUndefined();
    lease.applied('g1', 5);
    expect(lease.overMs()).toBe(-10_000);
  });

  it('P-A1 an older answer counts when only its head is reached', () => {
    const first = lease.moment();
    answered(first, 5);
    clock.advance(3000);
    answered(lease.moment(), 9);
    lease.applied('g1', 5);
    clock.advance(7000);
    expect(lease.overMs()).toBe(0);
    clock.advance(500);
    expect(lease.overMs()).toBe(500);
    lease.applied('g1', 9);
    expect(lease.overMs()).toBe(-2500);
  });

  it('P-A1 applying more and more never renews it', () => {
    answered(lease.moment(), 1);
    for (let revision = 1; revision <= 11; revision += 1) {
      lease.applied('g1', revision);
      clock.advance(1000);
    }
    expect(lease.overMs()).toBe(1000);
  });

  it('P-A4 a suspend is counted by the boot clock and voids the lease at the next tick', () => {
    answered(lease.moment());
    lease.applied('g1', 1);
    clock.suspend(4000);
    clock.advance(tickMs);
    expect(lease.overMs()).toBeUndefined();
  });

  it('P-A4 a suspend shorter than a report interval ages the lease by its length', () => {
    answered(lease.moment());
    lease.applied('g1', 1);
    clock.suspend(2000);
    clock.advance(8250);
    expect(lease.overMs()).toBe(250);
  });

  it('P-A4 a forward move of the wall clock ages the lease at once; a backward move does not make it younger', () => {
    answered(lease.moment());
    lease.applied('g1', 1);
    clock.advance(4000);
    clock.moveWall(-3_600_000);
    expect(lease.overMs()).toBe(-6000);
    clock.advance(6500);
    expect(lease.overMs()).toBe(500);

    answered(lease.moment());
    clock.moveWall(11_000);
    expect(lease.overMs()).toBe(1000);
    clock.moveWall(-11_000);
    expect(lease.overMs()).toBe(1000);
  });

  it('P-A4 a timer that did not run for more than a report interval voids it, asked before or at the late tick', () => {
    const still = new TestClock();
    const stalled = new Lease(still);
    stalled.offer({ sent: stalled.moment(), generation: 'g1', head: 1, leaseMs: 10_000, reportEveryMs: 3000 });
    stalled.applied('g1', 1);
    still.advance(3000);
    expect(stalled.overMs()).toBe(-7000);
    still.advance(1);
    expect(stalled.overMs()).toBeUndefined();
    expect(stalled.tick()).toBe(true);
    expect(stalled.tick()).toBe(false);
  });

  it('P-A4 a voided lease comes back only by a report sent after it was voided', () => {
    answered(lease.moment());
    lease.applied('g1', 1);
    const before = lease.moment();
    clock.suspend(60_000);
    clock.advance(tickMs);
    answered(before);
    lease.applied('g1', 2);
    expect(lease.overMs()).toBeUndefined();
    answered(lease.moment());
    expect(lease.overMs()).toBe(-10_000);
  });
});

describe('control time', () => {
  it('P-A6 is unknown before the first answer', () => {
    expect(new ControlTime(clock, () => lease.uptime).now()).toBeUndefined();
  });

  it('P-A6 is the database time of the last answer plus what elapsed here, suspend included and the wall clock not', () => {
    const time = new ControlTime(clock, () => lease.uptime);
    time.answered(lease.moment(), 1_000_000);
    clock.advance(1500);
    clock.moveWall(3_600_000);
    expect(time.now()).toBe(1_001_500);
    clock.suspend(60_000);
    clock.advance(tickMs);
    expect(time.now()).toBe(1_061_500 + tickMs);
  });

  it('P-A6 never goes backwards, whatever the database says', () => {
    const time = new ControlTime(clock, () => lease.uptime);
    time.answered(lease.moment(), 1_000_000);
    clock.advance(1000);
    expect(time.now()).toBe(1_001_000);
    time.answered(lease.moment(), 900_000);
    expect(time.now()).toBe(1_001_000);
  });
});
