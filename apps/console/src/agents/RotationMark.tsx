import type { RotationState } from '../gql/graphql.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { When } from '../parts/When.js';
import { rotationWords } from './rotation-texts.js';

const kinds: Record<RotationState, StateKind> = { fine: 'ok', due_soon: 'caution', overdue: 'bad' };

interface RotationMarkProps {
  readonly state: RotationState;
  readonly nextDueAt: number | null;
}

/** Whether the agent's credential is to be replaced, and when. */
export function RotationMark({ state, nextDueAt }: RotationMarkProps) {
  return (
    <StateMark kind={kinds[state]}>
      {rotationWords[state]}
      {nextDueAt === null ? null : (
        <>
          {state === 'due_soon' ? ' ' : ', due '}
          <When at={nextDueAt} />
        </>
      )}
    </StateMark>
  );
}
