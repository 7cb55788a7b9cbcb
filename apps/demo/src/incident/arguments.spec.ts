import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.js';

describe('the arguments of the incident', () => {
  it('are optional: a table at the pace of the essay', () => {
    expect(readArguments([])).toEqual({ isJson: false, paceMs: 3800 });
    expect(readArguments(['--json', '--pace', '0'])).toEqual({ isJson: true, paceMs: 0 });
  });

  it.each([[['--pace']], [['--pace', 'fast']], [['--pace', '-1']], [['--pace', '']], [['--speed', '3']], [['now']]])(
    'are refused with the remedy: %j',
    (words) => {
      expect(() => readArguments(words)).toThrow(/^portcullis: config_invalid: .*; use --json and --pace/s);
    },
  );
});
