import { describe, expect, it } from 'vitest';
import type { Attempt } from './attempt.js';
import { jsonStage } from './json-stage.js';
import { tableStage } from './table-stage.js';
import { summarise } from './tally.js';

function attempt(
  n: number,
  outcome: Attempt['outcome'],
  reason: string | null = null,
  revision: number | null = null,
): Attempt {
  return { n, tool: 'refund', amount: n * 10, outcome, reason, revision, ms: 5 };
}

const played = [
  attempt(1, 'allow'),
  attempt(2, 'deny', 'constraint', 7),
  attempt(3, 'allow'),
  attempt(4, 'aborted', 'kill_switch', 9),
  attempt(5, 'deny', 'kill_switch', 9),
  attempt(6, 'deny', 'kill_switch', 12),
  attempt(7, 'error', 'tool_error'),
];

describe('the summary of an incident', () => {
  it('counts every attempt once, and names the first revision a kill switch was cited with', () => {
    expect(summarise(played)).toEqual({
      attempted: 7,
      allowed: 2,
      refused: { constraint: 1, kill_switch: 2, tool_error: 1 },
      aborted: 1,
      stoppedByRevision: 9,
    });
  });

  it('says that nothing was tried, and that nobody stopped it', () => {
    expect(summarise([])).toEqual({ attempted: 0, allowed: 0, refused: {}, aborted: 0, stoppedByRevision: null });
  });

  it('is the last line of --json, after one line for each attempt', () => {
    const lines: string[] = [];
    const stage = jsonStage((line) => lines.push(line));
    played.forEach(stage.tried);
    stage.ended({ reads: 3, failures: 0 });
    expect(lines.slice(0, -1).map((line) => JSON.parse(line))).toEqual(played);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ summary: summarise(played) });
  });

  it('is told in plain words to a person, with what the other agent did', () => {
    const lines: string[] = [];
    const stage = tableStage((line) => lines.push(line), 47, { reads: 3 });
    played.forEach(stage.tried);
    stage.ended({ reads: 4, failures: 0 });
    const text = lines.join('\n');
    expect(text).toMatch(/4\/47 +40\.00 +aborted +kill_switch +9/);
    expect(text.match(/the kill switch is in force since revision 9/g)).toHaveLength(1);
    expect(text).toContain('7 refunds tried: 2 paid (40.00 in all), 1 aborted while running');
    expect(text).toContain('research, went on meanwhile: 4 tickets read, 0 failures');
  });
});
