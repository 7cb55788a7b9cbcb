import { scriptedLink, TestClock, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGuard } from './guard.js';
import { newStateFolder } from './new-state-folder.fixture.js';
import { allowed, callerOf, reasonOf } from './started.fixture.js';
import type { Guard, GuardedCall } from './types.js';

const leaseMs = 9900;
let link: ScriptedLink;
let clock: TestClock;
let guard: Guard;

beforeEach(async () => {
  link = await scriptedLink();
  link.answers.leaseMs = leaseMs;
  link.answers.reportEveryMs = 1_000_000;
  clock = new TestClock();
  guard = await startGuard({ url: link.url, joinToken: link.newJoinToken(), state: newStateFolder() }, clock);
});
afterEach(async () => {
  await guard.close();
  await link.close();
});

/** A call decided in the last moments of a lease that nothing renews. No tick of the guard falls between here and its end. */
async function decidedJustInTime(): Promise<GuardedCall> {
  const caller = await callerOf(guard, link);
  link.answers.refuseWith = 'unavailable';
  clock.advance(leaseMs - 50);
  return allowed(guard.decide(caller, 'refund', { amount: 1 }));
}

describe('P-A5 the last looks', () => {
  it('refuse the start of a call whose lease ran out after its decision, though nothing has told it', async () => {
    const call = await decidedJustInTime();
    clock.advance(60);
    expect(call.signal.aborted).toBe(false);
    expect(await call.start()).toMatchObject({ meta: { outcome: 'aborted', reason: 'posture_stale' } });
  });

  it('refuse the result of a call whose lease ran out while it ran', async () => {
    const call = await decidedJustInTime();
    expect(await call.start()).toBeUndefined();
    clock.advance(60);
    expect(call.signal.aborted).toBe(false);
    expect(call.release('ok')).toMatchObject({ meta: { outcome: 'aborted', reason: 'posture_stale' } });
  });

  it('let a call go that still has its right', async () => {
    const call = await decidedJustInTime();
    expect(await call.start()).toBeUndefined();
    clock.advance(40);
    expect(call.release('ok')).toBeUndefined();
  });

  it('P-A4 nothing is decided after the process did not run for a report interval, until a new exchange', async () => {
    const caller = await callerOf(guard, link);
    clock.suspend(1_000_001);
    clock.advance(250);
    expect(reasonOf(guard.decide(caller, 'list_tickets', {}))).toBe('posture_severed');
  });
});
