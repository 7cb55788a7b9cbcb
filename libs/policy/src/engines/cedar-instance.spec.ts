import { describe, expect, test } from 'vitest';
import { CedarInstance, type Cedar } from './cedar-instance.js';

const itself = (cedar: Cedar) => cedar;

function failWith(instance: CedarInstance, error: unknown): unknown {
  try {
    return instance.ask(() => {
      throw error;
    });
  } catch (thrown) {
    return thrown;
  }
}

describe('an instance of Cedar', () => {
  test.each([
    ['traps', Object.assign(new Error('unreachable'), { name: 'RuntimeError' })],
    ['ends the stack', new RangeError('Maximum call stack size exceeded')],
  ])('that %s is made anew, and says so', (_how, error) => {
    const instance = new CedarInstance();
    const before = instance.ask(itself);
    expect(failWith(instance, error)).toBe(error);
    expect(instance.generation).toBe(1);
    const after = instance.ask(itself);
    expect(after).not.toBe(before);
    expect(after.getCedarVersion()).toBe(before.getCedarVersion());
  });

  test.each([
    ['complains', new TypeError('not a policy')],
    ['throws something else', { name: 'RuntimeError' }],
  ])('that %s stays as it is', (_how, error) => {
    const instance = new CedarInstance();
    const before = instance.ask(itself);
    expect(failWith(instance, error)).toBe(error);
    expect(instance.generation).toBe(0);
    expect(instance.ask(itself)).toBe(before);
  });
});
