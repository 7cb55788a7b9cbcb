import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

const messages = (text: string) =>
  lintText('no-optimistic-response', text, 'apps/console/src/kill-switch/use-engage.ts');

describe('the console never draws an unconfirmed security state', () => {
  it.each([
    'engage({ variables, optimisticResponse: { engaged: true } });',
    "useMutation(engage, { 'optimisticResponse': draft });",
    'options.optimisticResponse = draft;',
  ])('refuses %s', (text) => {
    expect(messages(text)).toHaveLength(1);
    expect(messages(text)[0]).toMatch(/a state the guards have not reached.*pending state/);
  });

  it('accepts a mutation that waits for its revision', () => {
    expect(messages('engage({ variables, onCompleted: ({ revision }) => follow(revision) });')).toEqual([]);
  });
});
