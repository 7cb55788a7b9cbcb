import type { QuotaAnswer, QuotaLine } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newBudget, newShare, settleShare, type Budget, type Share } from './index.js';

const limit = 1000;
const place = { bucket: 'b', from: 0 };
const line = (fields: Partial<QuotaLine> = {}): QuotaLine => ({
  ...place,
  spent: 0,
  handed: 0,
  returned: 0,
  ...fields,
});
const ask = (need: number, times = 0, step = need) => ({ need, step, times });

/** A control plane with its record, and guards that keep what they are told; the way between them loses and repeats. */
class World {
  budget: Budget = newBudget;
  readonly shares = new Map<string, Share>();
  readonly guards = new Map<string, Share>();
  /** Reports and answers that are still somewhere on the way, and may arrive late, or again. */
  readonly reports: { guard: string; line: QuotaLine }[] = [];
  readonly answers: { guard: string; handed: number }[] = [];

  own(guard: string): Share {
    return this.guards.get(guard) ?? newShare;
  }

  send(guard: string, need: number, times: number): void {
    this.reports.push({ guard, line: line({ ...this.own(guard), ...(need > 0 && { ask: ask(need, times) }) }) });
  }

  arrive(at: number): void {
    const report = this.reports[at % Math.max(1, this.reports.length)];
    if (!report) return;
    const { guard } = report;
    const settled = settleShare(limit, this.budget, this.shares.get(guard) ?? newShare, report.line);
    this.budget = settled.budget;
    this.shares.set(guard, settled.share);
    this.answers.push({ guard, handed: settled.answer.handed });
  }

  hear(at: number): void {
    const answer = this.answers[at % Math.max(1, this.answers.length)];
    if (!answer) return;
    const own = this.own(answer.guard);
    this.guards.set(answer.guard, { ...own, handed: Math.max(own.handed, answer.handed) });
  }

  spend(guard: string, units: number): void {
    const own = this.own(guard);
    if (own.handed - own.returned - own.spent >= units) this.guards.set(guard, { ...own, spent: own.spent + units });
  }

  giveBack(guard: string): void {
    const own = this.own(guard);
    this.guards.set(guard, { ...own, returned: own.handed - own.spent });
  }

  get spent(): number {
    return [...this.guards.values()].reduce((sum, { spent }) => sum + spent, 0);
  }
}

const guards = fc.constantFrom('g1', 'g2', 'g3');
const act = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), guard: guards, need: fc.nat(400), times: fc.nat(5) }),
  fc.record({ kind: fc.constant('arrive' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('hear' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('spend' as const), guard: guards, units: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constant('giveBack' as const), guard: guards }),
);

function play(world: World, acts: readonly (typeof act extends fc.Arbitrary<infer A> ? A : never)[]): void {
  for (const one of acts) {
    if (one.kind === 'send') world.send(one.guard, one.need, one.times);
    else if (one.kind === 'arrive') world.arrive(one.at);
    else if (one.kind === 'hear') world.hear(one.at);
    else if (one.kind === 'spend') world.spend(one.guard, one.units);
    else world.giveBack(one.guard);
    expect(world.budget.out).toBeLessThanOrEqual(limit);
    expect(world.spent).toBeLessThanOrEqual(limit);
  }
}

/** Reports that arrive and answers that are heard, one after the other, until nobody has anything more to tell. */
function settleAll(world: World, need = 0): void {
  for (const guard of ['g1', 'g2', 'g3']) {
    world.send(guard, need, 0);
    world.arrive(world.reports.length - 1);
    world.hear(world.answers.length - 1);
  }
}

describe('a budget that guards share', () => {
  test('is never overspent, whatever is lost, repeated, late or overtaken', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => play(new World(), acts)),
      { numRuns: 2_000 },
    );
  });

  test('loses nothing for ever: what nobody spent and everybody gave back can be spent to the last unit', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const world = new World();
        play(world, acts);
        settleAll(world);
        for (const guard of ['g1', 'g2', 'g3']) world.giveBack(guard);
        settleAll(world);
        const left = limit - world.spent;
        world.send('g1', left, 0);
        world.arrive(world.reports.length - 1);
        world.hear(world.answers.length - 1);
        world.spend('g1', left);
        expect(world.spent).toBe(limit);
      }),
      { numRuns: 1_000 },
    );
  });

  test('hands out what the first call lacks and at most half of the rest, in whole calls', () => {
    const handed = (asked: QuotaLine['ask'], budget = newBudget) =>
      settleShare(limit, budget, newShare, line({ ask: asked })).answer;
    expect(handed(ask(50, 4))).toEqual({ handed: 250, others: 0, left: 750 });
    expect(handed(ask(50, 100))).toEqual({ handed: 500, others: 0, left: 500 });
    expect(handed(ask(50, 4), { out: 900, spent: 900 })).toEqual({ handed: 50, others: 900, left: 50 });
    expect(handed(ask(50, 4), { out: 951, spent: 0 })).toEqual({ handed: 0, others: 0, left: 49 });
    expect(handed(ask(20, 1, 100))).toEqual({ handed: 120, others: 0, left: 880 });
  });

  test('an ask that comes again before its answer was heard is answered with the same', () => {
    const asked = line({ ask: ask(50) });
    const first = settleShare(limit, newBudget, newShare, asked);
    const again = settleShare(limit, first.budget, first.share, asked);
    expect(again).toEqual(first);
  });

  test('a limit that was lowered below what is out hands out no more; a quota that is gone takes back what comes back', () => {
    const held: Share = { handed: 500, returned: 0, spent: 100 };
    const lowered = settleShare(300, { out: 500, spent: 100 }, held, line({ ...held, ask: ask(10) }));
    expect(lowered.answer).toMatchObject({ handed: 500, left: 0 } satisfies Partial<QuotaAnswer>);
    const gone = settleShare(0, { out: 500, spent: 100 }, held, line({ ...held, returned: 400, ask: ask(10) }));
    expect(gone).toMatchObject({ budget: { out: 100, spent: 100 }, answer: { handed: 500, left: 0 } });
  });

  test('a guard that was handed more than is recorded keeps it, up to the limit', () => {
    const settled = settleShare(limit, newBudget, newShare, line({ handed: 600, spent: 200 }));
    expect(settled).toMatchObject({ budget: { out: 600 }, answer: { handed: 600, left: 400 } });
    const boast = settleShare(limit, newBudget, newShare, line({ handed: 1e9, returned: 5 }));
    expect(boast.budget.out).toBe(limit);
  });

  test('what a guard has spent and given back is counted once, however often and late it tells', () => {
    const told = settleShare(limit, newBudget, newShare, line({ ask: ask(500) }));
    const spent = settleShare(limit, told.budget, told.share, line({ handed: 500, spent: 200, returned: 100 }));
    expect(spent).toEqual({
      budget: { out: 400, spent: 200 },
      share: { handed: 500, returned: 100, spent: 200 },
      answer: { handed: 500, others: 0, left: 600 },
    });
    const late = settleShare(limit, spent.budget, spent.share, line({ handed: 500, spent: 50 }));
    expect(late).toEqual(spent);
    const more = settleShare(limit, late.budget, late.share, line({ handed: 500, spent: 250, returned: 150 }));
    expect(more).toMatchObject({ budget: { out: 350, spent: 250 }, answer: { others: 0, left: 650 } });
  });

  test('a guard is told what the others have spent, and not what it has spent itself', () => {
    const budget: Budget = { out: 600, spent: 300 };
    const share: Share = { handed: 200, returned: 0, spent: 100 };
    const { answer } = settleShare(limit, budget, share, line({ handed: 200, spent: 150 }));
    expect(answer).toEqual({ handed: 200, others: 200, left: 400 });
  });
});
