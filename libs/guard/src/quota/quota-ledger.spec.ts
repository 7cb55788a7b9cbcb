import { appendFileSync, readFileSync } from 'node:fs';
import { bucketText, type QuotaAnswer, type QuotaLine } from '@portcullis/contracts';
import { newBudget, newShare, settleShare, type Budget, type Quota, type Share } from '@portcullis/policy';
import { TestClock, waitFor } from '@portcullis/testkit';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newStateFolder } from '../new-state-folder.fixture.js';
import { StateFolder } from '../state-folder.js';
import { QuotaLedger, type Lack } from './quota-ledger.js';

const amount: Quota = { kind: 'quota', per: 'agent', window: 'hour', amount: { path: 'amount', max: 0.1 } };
const calls: Quota = { kind: 'quota', per: 'agent', window: 'hour', calls: 5 };
const place = { bucket: bucketText(['g', 'amount amount', 'hour', 'agent', 'a', null]), from: 0 };
const whole = { ...place, until: 3_600_000 };
const lack = (units: number): Lack => ({ ...whole, units, quota: amount });
const charge = (units: number) => [{ ...whole, units }];
const newFolder = () => StateFolder.open(newStateFolder());

let clock: TestClock;
let folder: StateFolder;
beforeEach(() => {
  clock = new TestClock();
  folder = newFolder();
});
const closed = (at = folder) => new QuotaLedger(at, clock, () => clock.monotonic());
/** One whose first report was answered. */
function opened(at = folder): QuotaLedger {
  const ledger = closed(at);
  ledger.answered([]);
  return ledger;
}
const left = (ledger: QuotaLedger) => ledger.left(place.bucket, amount, 0);
const answer = (fields: Partial<QuotaAnswer> = {}): QuotaAnswer => ({
  ...place,
  handed: 0,
  others: 0,
  left: 0,
  ...fields,
});

/** Asks for a share and is handed this much in all. */
function handed(ledger: QuotaLedger, total: number): void {
  ledger.ask([lack(1)]);
  ledger.lines();
  ledger.answered([answer({ handed: total })]);
}

async function ran(ledger: QuotaLedger, units: number): Promise<void> {
  const taken = ledger.take(charge(units));
  await taken.durable();
  taken.spend();
}

describe('what is counted', () => {
  it('P-E3 is on disk before the call runs, and a guard that crashed goes on with it', async () => {
    const ledger = opened();
    handed(ledger, 600);
    await ran(ledger, 250);
    const taken = ledger.take(charge(100));
    await taken.durable();
    const after = opened();
    expect(left(ledger)).toBe(250);
    expect(left(after)).toBe(250);
    expect(after.lines()).toEqual([{ ...place, spent: 350, handed: 600, returned: 0 }]);
  });

  it('is given back when the call did not run, once, and never when it did', async () => {
    const ledger = opened();
    handed(ledger, 600);
    const unborn = ledger.take(charge(100));
    unborn.giveBack();
    unborn.giveBack();
    unborn.spend();
    expect(left(ledger)).toBe(600);
    const ran = ledger.take(charge(100));
    ran.spend();
    ran.giveBack();
    expect(left(ledger)).toBe(500);
    expect(ledger.lines()).toEqual([{ ...place, spent: 100, handed: 600, returned: 0 }]);
  });

  it('leaves no file where nothing is counted', async () => {
    await opened().close();
    expect(folder.read('quotas.jsonl')).toBeUndefined();
  });

  it('starts anew with each window, and forgets those that are over', async () => {
    const ledger = opened();
    const counted = { bucket: place.bucket, until: 3_600_000, from: 0 };
    for (let call = 0; call < 5; call++) ledger.take([{ ...counted, units: 1 }]).spend();
    expect(ledger.left(place.bucket, calls, 0)).toBe(0);
    expect(ledger.left(place.bucket, calls, 3_600_000)).toBe(5);
    clock.advance(3_700_000);
    ledger.lines();
    expect(ledger.left(place.bucket, calls, 0)).toBe(5);
  });

  it('of calls includes what other guards are known to have let through', () => {
    const ledger = opened();
    ledger.take([{ ...whole, units: 1 }]).spend();
    ledger.lines();
    ledger.answered([answer({ others: 3 })]);
    expect(ledger.left(place.bucket, calls, 0)).toBe(1);
  });

  it('is bounded: what is new when there is too much of it is over its quota', () => {
    const ledger = opened();
    for (let number = 0; number < 10_000; number++) ledger.take([{ ...whole, bucket: `b${number}`, units: 1 }]).spend();
    expect(ledger.left('another', calls, 0)).toBe(0);
    expect(ledger.mayGet({ ...lack(1), bucket: 'another' })).toBe(false);
    expect(ledger.lines()).toHaveLength(256);
  });
});

describe('the file', () => {
  it('is read once the control plane has answered: what an earlier boot spent until then counts, and nothing is left before', async () => {
    const earlier = opened();
    handed(earlier, 600);
    await ran(earlier, 100);
    const later = closed();
    expect([left(later), later.left(place.bucket, calls, 0)]).toEqual([0, 0]);
    await ran(earlier, 200);
    later.answered([]);
    expect(left(later)).toBe(300);
  });

  it('may end in a line that a crash has cut, and nowhere else hold one', async () => {
    const ledger = opened();
    handed(ledger, 600);
    await ran(ledger, 100);
    appendFileSync(folder.file('quotas.jsonl'), '{"bucket":"b","fr');
    expect(left(opened())).toBe(500);
    const whole = readFileSync(folder.file('quotas.jsonl'), 'utf8');
    folder.write('quotas.jsonl', `nonsense\n${whole}`);
    expect(() => closed()).toThrow('is damaged');
  });

  it('is forgotten with the control plane it was counted for', async () => {
    const ledger = opened();
    handed(ledger, 600);
    await ran(ledger, 100);
    QuotaLedger.forget(folder);
    expect(left(opened())).toBe(0);
  });
});

describe('a share', () => {
  it('that lies idle is given back, but told only once that is on disk', async () => {
    const ledger = opened();
    handed(ledger, 600);
    await ran(ledger, 100);
    clock.advance(3_001);
    expect(ledger.lines()).toEqual([{ ...place, spent: 100, handed: 600, returned: 0 }]);
    expect(left(ledger)).toBe(0);
    const told = await waitFor(() => ledger.lines()?.find(({ returned }) => returned > 0), { what: 'the return' });
    expect(told).toEqual({ ...place, spent: 100, handed: 600, returned: 500 });
    expect(left(opened())).toBe(0);
  });

  it('that does not come is not asked for again at once, a smaller one is', () => {
    const ledger = opened();
    ledger.ask([lack(500)]);
    expect(ledger.lines()?.[0]?.ask).toMatchObject({ need: 500, step: 500 });
    ledger.answered([answer({ left: 400 })]);
    expect([ledger.mayGet(lack(500)), ledger.mayGet(lack(400)), ledger.mayGet(lack(1001))]).toEqual([
      false,
      true,
      false,
    ]);
    clock.advance(501);
    expect(ledger.mayGet(lack(500))).toBe(true);
  });

  it('that an answer without a word about it does not bring', () => {
    const ledger = opened();
    ledger.ask([lack(500)]);
    ledger.lines();
    ledger.answered([]);
    expect(ledger.mayGet(lack(500))).toBe(false);
    expect(left(ledger)).toBe(0);
  });
});

type Act = readonly [what: 'exchange' | 'lost' | 'spend' | 'crash' | 'idle', guard: number, units: number];
const act: fc.Arbitrary<Act> = fc.tuple(
  fc.constantFrom('exchange', 'exchange', 'lost', 'spend', 'spend', 'spend', 'crash', 'idle'),
  fc.nat(1),
  fc.integer({ min: 1, max: 300 }),
);

describe('two guards and one budget', () => {
  it('together spend no more than the limit, whatever is lost and whoever crashes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        clock = new TestClock();
        const folders = [newFolder(), newFolder()];
        const ledgers = folders.map((one) => opened(one));
        const shares = new Map<number, Share>();
        let budget: Budget = newBudget;
        let spent = 0;
        const exchange = (guard: number, isLost: boolean) => {
          const answers = (ledgers[guard]?.lines() ?? []).map((line: QuotaLine) => {
            const settled = settleShare(1000, budget, shares.get(guard) ?? newShare, line);
            budget = settled.budget;
            shares.set(guard, settled.share);
            return { ...place, ...settled.answer };
          });
          if (!isLost) ledgers[guard]?.answered(answers);
        };
        for (const [what, guard, units] of acts) {
          const ledger = ledgers[guard];
          const at = folders[guard];
          if (!ledger || !at) continue;
          if (what === 'spend' && left(ledger) >= units) {
            await ran(ledger, units);
            spent += units;
          } else if (what === 'spend' && ledger.mayGet(lack(units))) ledger.ask([lack(units)]);
          if (what === 'crash') ledgers[guard] = opened(at);
          if (what === 'idle') clock.advance(3_001);
          if (what === 'exchange' || what === 'lost') exchange(guard, what === 'lost');
          expect(spent).toBeLessThanOrEqual(1000);
          expect(budget.out).toBeLessThanOrEqual(1000);
        }
      }),
      { numRuns: 60 },
    );
  });
});
