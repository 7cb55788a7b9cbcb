import type { RotationState } from '../gql/graphql.js';
import type { FinishVerdict } from './rotation.js';

export const verdictTexts: Record<FinishVerdict, string> = {
  silent: 'The old credential has been silent since the new one took over: nothing is using it.',
  'used-since': 'The old credential was used after the new one became active: something still holds it.',
  'too-early': 'The new credential became active, or the old one was used, less than a minute ago: wait a moment.',
  'new-unused': 'Nothing has used a new credential yet: ending the old one may cut the agent off.',
};

/** How a credential's age stands against the agent's rotation policy. */
export const rotationWords: Record<RotationState, string> = {
  fine: 'rotation fine',
  due_soon: 'rotation due',
  overdue: 'rotation overdue',
};
