import type { WindowState } from '../gql/graphql.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { When } from '../parts/When.js';

const kinds: Record<WindowState, StateKind> = { pending: 'moving', current: 'ok', ended: 'closed' };

interface WindowMarkProps {
  readonly state: WindowState;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
}

/** Whether something given for a time holds now, and when that changes. */
export function WindowMark({ state, notBefore, notAfter }: WindowMarkProps) {
  return (
    <StateMark kind={kinds[state]}>
      {state}
      {state === 'pending' && notBefore !== null ? (
        <>
          , begins <When at={notBefore} />
        </>
      ) : null}
      {notAfter === null ? null : (
        <>
          , {state === 'ended' ? 'ended' : 'ends'} <When at={notAfter} />
        </>
      )}
    </StateMark>
  );
}
