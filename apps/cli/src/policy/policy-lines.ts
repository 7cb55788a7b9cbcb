import type { PlannedPolicy } from './plan-answer.js';

const mostLines = 100;

/** What a plan says of one policy to people, below its name. */
export function policyLines(policy: PlannedPolicy): readonly string[] {
  const { act, name, nameBefore, lines, testChanges, tools, results, needsReview, author } = policy;
  if (act === 'retire') return ['retired for good: nothing is asked of it any more'];
  const more = lines.length - mostLines;
  const passed = results.length === 0 ? 'it has no tests' : `tests passed: ${results.length}`;
  return [
    ...(nameBefore !== null && nameBefore !== name ? [`called: ${nameBefore} -> ${name ?? ''}`] : []),
    ...lines
      .slice(0, mostLines)
      .map(({ kind, before, after, text }) =>
        kind === 'removed' ? `-${before ?? ''}  ${text}` : `+${after ?? ''}  ${text}`,
      ),
    ...(more > 0 ? [`and ${more} more lines`] : []),
    ...testChanges.map(({ change, name: test }) => `test ${change}: ${test}`),
    `asked about calls of ${tools.length === 0 ? 'no tool there is' : tools.join(', ')}; ${passed}`,
    ...(needsReview
      ? [`needs review: somebody else than ${author ?? 'its author'} has to approve this before it is applied`]
      : []),
  ];
}
