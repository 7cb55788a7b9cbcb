import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { citations, citedIn, gaps } from './cited-promises.js';
import { promise } from './promise.js';
import { requirements } from './requirements.js';

const here = import.meta.dirname;
const folders = ['scenarios', 'browser'].map((folder) => path.join(here, folder));

describe('the promises of the product', () => {
  it('each have a scenario that proves them', async () => {
    const { unproven } = gaps(
      requirements.map(({ id }) => id),
      await citations(folders),
    );
    expect(unproven, 'promises without a scenario: write one in e2e/src/scenarios, or do not promise it').toEqual([]);
  });

  it('are all there is: no scenario proves something nobody promised', async () => {
    const { unpromised } = gaps(
      requirements.map(({ id }) => id),
      await citations(folders),
    );
    expect(unpromised, 'scenarios without a promise: add it to requirements.ts with its bound and source').toEqual([]);
  });

  it('have ids that are used once and never empty texts', () => {
    const ids = requirements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const requirement of requirements) {
      expect(requirement.id).toMatch(/^R-[A-Z]+-\d+$/);
      expect(requirement.sentence.length, requirement.id).toBeGreaterThan(20);
      expect(requirement.bound, requirement.id).not.toBe('');
      expect(requirement.source.length, requirement.id).toBeGreaterThan(0);
    }
  });
});

describe('the gate', () => {
  it('finds single ids, several ids and ids on the next line', () => {
    const text =
      "promise('R-A-1', 't', f);\npromise(['R-B-1', 'R-B-2'], 't', f);\npromise(\n  'R-C-1',\n 't', f);\nconst p: Promise<void> = x;";
    expect(citedIn(text)).toEqual(['R-A-1', 'R-B-1', 'R-B-2', 'R-C-1']);
  });

  it('names a promise without a scenario and a scenario without a promise', () => {
    const cited = [{ id: 'R-B-1', file: 'b.spec.ts' }];
    expect(gaps(['R-A-1'], cited)).toEqual({ unproven: ['R-A-1'], unpromised: ['R-B-1 in b.spec.ts'] });
    expect(gaps(['R-B-1'], cited)).toEqual({ unproven: [], unpromised: [] });
  });

  it('refuses an unknown id as the file loads', () => {
    const unknown: string = 'R-NOBODY-1';
    expect(() => Reflect.apply(promise, undefined, [unknown, 'title', () => undefined])).toThrow(
      /not a promise of requirements\.ts/,
    );
    expect(() => promise([], 'title', () => undefined)).toThrow(/not a promise/);
  });
});
