import { deskObjects, scriptedLink, waitFor, type ScriptedLink } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowed, callerOf, reasonOf, started } from '../started.fixture.js';
import type { Denial, Guard, GuardedCall, VerifiedCaller } from '../types.js';

const noon = Date.UTC(2026, 5, 1, 12);
const quota = (max: number) => ({ kind: 'quota', per: 'agent', window: 'hour', amount: { path: 'amount', max } });
const limitedTo = (max: number, ...more: readonly object[]) => ({
  kind: 'grant',
  id: 'support-refund',
  value: {
    ...{ role: 'support', environment: 'prod', tool: { id: 'support-desk/refund' }, task: 'execute', constraints: [] },
    ...{ notBefore: null, notAfter: null, staleSeconds: 0, obligations: [quota(max), ...more] },
  },
});

let link: ScriptedLink;
const guards: Guard[] = [];
beforeEach(async () => {
  link = await scriptedLink({
    objects: [...deskObjects().filter(({ id }) => id !== 'support-refund'), limitedTo(1000)],
  });
  const begun = Date.now();
  link.answers.now = () => noon + Date.now() - begun;
});
afterEach(async () => {
  await Promise.all(guards.splice(0).map((guard) => guard.close()));
  await link.close();
});

async function newGuard(state?: string): Promise<{ guard: Guard; caller: VerifiedCaller; state: string }> {
  const begun = await started(link, state === undefined ? {} : { state });
  guards.push(begun.guard);
  return { ...begun, caller: await callerOf(begun.guard, link) };
}

async function pay({ guard, caller }: { guard: Guard; caller: VerifiedCaller }, amount = 50): Promise<string> {
  const answer = await guard.consult(caller, 'refund', { amount });
  return 'meta' in answer ? String(answer.meta.reason) : ran(answer);
}

async function ran(call: GuardedCall): Promise<string> {
  const denial = (await call.start()) ?? call.release('ok');
  return denial === undefined ? 'paid' : denial.meta.outcome;
}

const paidOf = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === 'paid').length;

describe('a call that lacks a share', () => {
  it('waits for it; a host that cannot wait is refused, and has it for the next call', async () => {
    const desk = await newGuard();
    expect(reasonOf(desk.guard.decide(desk.caller, 'refund', { amount: 50 }))).toBe('quota');
    await waitFor(() => link.budgets.out > 0, { what: 'the share asked for' });
    expect(await pay(desk)).toBe('paid');
  });

  it('is refused after a second without an answer: no answer is a no', async () => {
    const desk = await newGuard();
    link.answers.isMute = true;
    const begun = performance.now();
    expect(await pay(desk)).toBe('quota');
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(performance.now() - begun).toBeLessThan(2_000);
    link.answers.isMute = false;
  });

  it('is refused at once when it is more than the whole quota, and asks nobody', async () => {
    const desk = await newGuard();
    expect(await pay(desk, 1000.01)).toBe('quota');
    expect(link.reports.some(({ quotas }) => quotas !== undefined)).toBe(false);
  });

  it('waits for it in an observed environment, too, and is not recorded as over its quota', async () => {
    link.commit({
      kind: 'environment',
      id: 'prod',
      value: { mode: 'observe', observeUntil: noon + 3_600_000 },
    });
    const desk = await newGuard();
    const call = allowed(await desk.guard.consult(desk.caller, 'refund', { amount: 50 }));
    expect(call.decision).toMatchObject({ rule: 'grant:support-refund', observed: null });
    const over = allowed(await desk.guard.consult(desk.caller, 'refund', { amount: 951 }));
    expect(over.decision).toMatchObject({ rule: 'environment:prod', observed: { reason: 'quota' } });
  });

  it('forty at once at two guards get exactly what there is', async () => {
    link.budgets.limit = 10_000_000;
    const [one, two] = [await newGuard(), await newGuard()];
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, at) => pay(at % 2 === 0 ? one : two)));
    expect(paidOf(outcomes)).toBeLessThanOrEqual(20);
    const rest: string[] = [];
    await waitFor(async () => (rest.push(await pay(one), await pay(two)), paidOf([...outcomes, ...rest]) >= 20), {
      what: 'the last share to find its way',
      withinMs: 12_000,
    });
    rest.push(await pay(one), await pay(two));
    expect(paidOf([...outcomes, ...rest])).toBe(20);
  }, 20_000);
});

describe('P-E3 a guard that is cut off', () => {
  it('spends what it holds and no more, also after a crash', async () => {
    const desk = await newGuard();
    expect(await pay(desk)).toBe('paid');
    await link.cut();
    const held = link.budgets.out / 10_000;
    const outcomes = [];
    for (let call = 0; call < 12; call++) outcomes.push(await pay(desk));
    expect(50 * (1 + paidOf(outcomes))).toBe(held);
    link.budgets.limit = link.budgets.out;
    await link.restore();
    const again = await newGuard(desk.state);
    await waitFor(() => again.guard.posture === 'fresh', { what: 'the guard fresh again' });
    expect(await pay(again)).toBe('quota');
  }, 30_000);
});

describe('a charge', () => {
  const decided = async (desk: { guard: Guard; caller: VerifiedCaller }) =>
    allowed((await desk.guard.consult(desk.caller, 'refund', { amount: 900 })) as GuardedCall | Denial);

  it('is given back when the call loses its right before it starts, and stays when it ran', async () => {
    const desk = await newGuard();
    const call = await decided(desk);
    link.commit({ kind: 'agent-status', id: 'cs-prod', value: { status: 'suspended' } });
    await waitFor(() => call.signal.aborted, { what: 'the abort' });
    expect((await call.start())?.meta.outcome).toBe('aborted');
    link.commit({ kind: 'agent-status', id: 'cs-prod', value: { status: 'active' } });
    await waitFor(() => reasonOf(desk.guard.decide(desk.caller, 'list_tickets', {})) === null, { what: 'a way back' });
    const second = await decided(desk);
    expect(await second.start()).toBeUndefined();
    second.release('error');
    expect(await pay(desk, 101)).toBe('quota');
    expect(await pay(desk, 100)).toBe('paid');
  });

  it('P-A5 is not taken again when the call is asked about while it runs', async () => {
    const desk = await newGuard();
    const call = await decided(desk);
    expect(await call.start()).toBeUndefined();
    const revision = link.commit({ kind: 'agent', id: 'research', value: { name: 'Other' } });
    await waitFor(() => desk.guard.revision === revision, { what: 'the swap' });
    expect(call.signal.aborted).toBe(false);
    expect(call.release('ok')).toBeUndefined();
    expect(await pay(desk, 100)).toBe('paid');
  });

  it('over a limit that was lowered meanwhile ends the call that would be over it alone', async () => {
    const desk = await newGuard();
    const call = await decided(desk);
    expect(await call.start()).toBeUndefined();
    link.commit(limitedTo(800));
    await waitFor(() => call.signal.aborted, { what: 'the abort' });
    expect(call.release('ok')?.meta).toMatchObject({ outcome: 'aborted', reason: 'quota' });
  });
});
