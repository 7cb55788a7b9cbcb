import type { ItemConstraint } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { compileItemCheck } from './index.js';
import { callOf, engines, start } from './random-world.fixture.js';

const cheap: ItemConstraint = { kind: 'max', path: 'price', value: 10 };
const own: ItemConstraint = { kind: 'equal-claim', path: 'owner.name', claim: 'user' };
const caller = callOf('a1', 'r1', 'read', {}, { user: 'alice' });

function kept(limits: readonly ItemConstraint[], ...items: readonly unknown[]): readonly (boolean | undefined)[] {
  const check = compileItemCheck(limits, engines);
  return items.map((item) => check?.(item, caller, start()));
}

describe('an item of a result', () => {
  test('is kept when what it holds is within the limit, and not without the field', () => {
    expect(kept([cheap], { price: 10 }, { price: 10.5 }, {}, 'price', null)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('is limited itself where the path is a point', () => {
    const itself: ItemConstraint = { kind: 'one-of', path: '.', values: ['a', 'b'] };
    expect(kept([itself], 'a', 'b', 'c', { '.': 'a' }, { item: 'a' })).toEqual([true, true, false, false, false]);
  });

  test('is kept only when it keeps every limit', () => {
    const items = [
      { price: 5, owner: { name: 'alice' } },
      { price: 5, owner: { name: 'bob' } },
      { price: 50, owner: { name: 'alice' } },
    ];
    expect(kept([cheap, own], ...items)).toEqual([true, false, false]);
    expect(kept([own, cheap], ...items)).toEqual([true, false, false]);
  });

  test('keeps a limit that something be missing only without it', () => {
    expect(kept([{ kind: 'forbidden', path: 'secret' }], {}, { secret: undefined }, 'text')).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('that cannot be read is not kept', () => {
    const unreadable = Object.defineProperty({}, 'price', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(kept([cheap], unreadable)).toEqual([false]);
  });

  test('has no check where a limit is malformed or needs an engine that is not given, and then nothing may leave', () => {
    const sql = { kind: 'sql', path: 'query', tables: ['orders'] } as unknown as ItemConstraint;
    const broken: ItemConstraint = { kind: 'pattern', path: 'name', pattern: '(' };
    expect(compileItemCheck([cheap, broken], engines)).toBeUndefined();
    expect(compileItemCheck([cheap, sql])).toBeUndefined();
  });
});
