import type { AccessTokenClaims } from '@portcullis/contracts';
import type { Call } from '@portcullis/policy';
import { TestClock } from '@portcullis/testkit';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../log.js';
import type { GuardOptions, ScoredCall, Scorer } from '../types.js';
import { Scoring } from './scoring.js';

const claims = { agent: 'cs-prod', instance: 'cs-prod-1', role: 'support', task: 'execute', user: 'portcullis:ada' };
const call: Call = {
  claims: claims as AccessTokenClaims,
  ...{ server: 'desk', tool: 'refund', arguments: { amount: 5 }, posture: 'fresh', staleSeconds: 0, now: 1 },
};

function scoring(scorer: unknown, scorerWithinMs?: number) {
  const clock = new TestClock();
  const log: LogLine[] = [];
  const options: Pick<GuardOptions, 'scorer' | 'scorerWithinMs'> = { scorer: scorer as Scorer, scorerWithinMs };
  return { clock, log, scoring: Scoring.of(options, { clock, log: (line) => log.push(line) }) };
}

describe('a score', () => {
  it.each([
    [0, 0],
    [1, 1],
    [0.07, 0.07],
    [0.8, 0.8],
    [0.80001, 0.8001],
    [0.99999, 1],
    [1e-9, 0.0001],
  ])('of %d counts as %d', async (said, counts) => {
    expect(await scoring(() => said).scoring.ask(call)).toBe(counts);
    expect(await scoring(async () => said).scoring.ask(call)).toBe(counts);
  });

  it.each([
    ['NaN', () => Number.NaN],
    ['less than 0', () => -0.1],
    ['more than 1', () => 1.01],
    ['a text', () => '0.5'],
    ['nothing', () => undefined],
    [
      'thrown',
      () => {
        throw new Error('no model');
      },
    ],
    ['rejected', () => Promise.reject(new Error('no model'))],
  ])('that is %s is none, and the log says so', async (_what, scorer) => {
    const { scoring: asked, log } = scoring(scorer);
    expect(await asked.ask(call)).toBeUndefined();
    expect(log).toMatchObject([{ level: 'warn', what: 'not_scored', tool: 'refund', agent: 'cs-prod' }]);
    expect(JSON.stringify(log)).not.toContain('amount');
  });

  it('that comes later than it may is none', async () => {
    const { scoring: asked, clock, log } = scoring(() => new Promise<number>(() => undefined), 40);
    const score = asked.ask(call);
    clock.advance(40);
    expect(await score).toBeUndefined();
    expect(log).toMatchObject([{ why: 'it did not answer within 40 ms' }]);
  });

  it('is nobody’s where there is no scorer', async () => {
    const { scoring: asked, log } = scoring(undefined);
    expect(await asked.ask(call)).toBeUndefined();
    expect(log).toEqual([]);
  });
});

describe('a scorer', () => {
  it('sees who asks for what, in a copy', async () => {
    const seen: ScoredCall[] = [];
    const { scoring: asked } = scoring((given: ScoredCall) => {
      seen.push(structuredClone(given));
      Object.assign(given.arguments as object, { amount: 5000 });
      return 0.1;
    });
    await asked.ask(call);
    expect(seen).toEqual([
      { ...claims, conversation: undefined, server: 'desk', tool: 'refund', arguments: { amount: 5 } },
    ]);
    expect(call.arguments).toEqual({ amount: 5 });
  });

  it.each([
    ['no function', 0.5, 250],
    ['no time', () => 0, 0],
    ['too much time', () => 0, 10_001],
    ['a time that is no number', () => 0, Number.NaN],
  ])('with %s is refused at once', (_what, scorer, within) => {
    expect(() => scoring(scorer, within)).toThrow(expect.objectContaining({ code: 'scorer_invalid' }) as Error);
  });
});
