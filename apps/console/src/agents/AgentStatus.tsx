import type { AgentStatus as Status } from '../gql/graphql.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';

const kinds: Record<Status, StateKind> = { active: 'ok', suspended: 'caution', retired: 'off' };

/** A kill switch outweighs the agent's own status: it is what decides its next call. */
export function AgentStatus({ status, isStopped }: { readonly status: Status; readonly isStopped: boolean }) {
  return isStopped ? (
    <StateMark kind="stopped">STOPPED</StateMark>
  ) : (
    <StateMark kind={kinds[status]}>{status}</StateMark>
  );
}
