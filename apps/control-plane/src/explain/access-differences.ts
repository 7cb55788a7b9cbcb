import { accessDiff, type AccessDifference, type FeedEdit } from '@portcullis/policy';
import { accessWords } from './access-words.js';
import type { AccessDifference as DifferenceModel, AccessSide } from './grant-preview.model.js';
import type { StatesAtHead } from './states-at-head.js';

const mostShown = 200;
const order: readonly AccessDifference['change'][] = ['newly-allowed', 'newly-held', 'newly-denied', 'changed'];

/** What these changes would do at these servers, newly allowed first over all of them. */
export function differencesAfter(
  states: StatesAtHead,
  servers: readonly string[],
  edits: readonly FeedEdit[],
): readonly AccessDifference[] {
  return servers
    .flatMap((server) => accessDiff(states.stateOf(server), states.foresee(server, edits), states.now))
    .toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}

/** The first of them, as people are shown them. */
export function shownDifferences(differences: readonly AccessDifference[]): readonly DifferenceModel[] {
  return differences.slice(0, mostShown).map(({ before, after, ...rest }) => ({
    ...rest,
    before: sideModel(before),
    after: sideModel(after),
  }));
}

function sideModel(side: AccessDifference['before']): AccessSide | null {
  if (side === null) return null;
  const { outcome, reason, grants } = side;
  return { outcome, reason, grants: grants.map((grant) => ({ ...grant, ...accessWords(grant) })) };
}
