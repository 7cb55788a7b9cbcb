import { StateMark, type StateKind } from '../parts/StateMark.js';

interface Shown {
  readonly kind: StateKind;
  readonly word: string;
}

const byOutcome = new Map<string, Shown>([
  ['allow', { kind: 'ok', word: 'allow' }],
  ['deny', { kind: 'bad', word: 'deny' }],
  ['hold', { kind: 'human', word: 'held' }],
]);
const byResult = new Map<string, Shown>([
  ['aborted', { kind: 'stopped', word: 'aborted' }],
  ['already-done', { kind: 'caution', word: 'already done' }],
  ['error', { kind: 'caution', word: 'allow, tool failed' }],
]);

interface DecisionOutcomeProps {
  readonly outcome: string;
  readonly result: string | null;
  /** What would have been decided, were the environment not observed. */
  readonly would?: string | undefined;
}

/** How the call ended outweighs how it was decided: an allowed call that was aborted reads "aborted". */
export function DecisionOutcome({ outcome, result, would }: DecisionOutcomeProps) {
  const decided: Shown | undefined = would
    ? { kind: 'caution', word: `allow, would ${would}` }
    : byOutcome.get(outcome);
  const shown = (result === null ? undefined : byResult.get(result)) ?? decided;
  return <StateMark kind={shown?.kind ?? 'off'}>{shown?.word ?? 'unknown'}</StateMark>;
}
