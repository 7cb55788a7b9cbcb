import type { CredentialStatus as Status } from '../gql/graphql.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { When } from '../parts/When.js';

const kinds: Record<Status, StateKind> = {
  prepared: 'moving',
  active: 'ok',
  retiring: 'caution',
  revoked: 'off',
  tainted: 'bad',
  expired: 'closed',
};

interface CredentialStatusProps {
  readonly status: Status;
  readonly revokedAt: number | null;
  readonly taintedAt: number | null;
  readonly retiresAt: number | null;
}

export function CredentialStatus({ status, revokedAt, taintedAt, retiresAt }: CredentialStatusProps) {
  const at = status === 'tainted' ? taintedAt : status === 'revoked' ? revokedAt : null;
  return (
    <StateMark kind={kinds[status]}>
      {status}
      {at === null ? null : (
        <>
          {' '}
          <When at={at} />
        </>
      )}
      {status === 'retiring' && retiresAt !== null ? (
        <>
          , ends <When at={retiresAt} />
        </>
      ) : null}
    </StateMark>
  );
}
