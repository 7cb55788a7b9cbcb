import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import type { GrantCellFragment } from '../gql/graphql.js';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { revokeGrantMutation } from './grants.graphql.js';

/** Revoking takes authority away, so the dialog stays until the servers have applied it. */
export function RevokeGrant({ grant, close }: { readonly grant: GrantCellFragment; readonly close: () => void }) {
  const client = useApolloClient();
  const [revoke, { data, error, loading }] = useMutation(revokeGrantMutation);
  const what = grant.toolId ?? `class ${grant.toolClass ?? ''}`;
  const confirm = async () => {
    const answer = await revoke({ variables: { id: grant.id } }).catch(() => null);
    if (answer?.data) await client.refetchQueries({ include: ['Grants'] });
  };
  const done = data ? (
    <>
      <p role="status">Revocation recorded.</p>
      <ConvergenceOf revision={data.revokeGrant.revision} />
      <Button className="tall" variant="default" mt="md" onClick={close}>
        Close
      </Button>
    </>
  ) : undefined;
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Revoke ${what} in ${grant.environment} from role ${grant.role}`}
      act={`Revoke ${what}`}
      isWorking={loading}
      confirm={() => void confirm()}
      done={done}
    >
      {error ? <ProblemNote error={error} trying="Not revoked" changed="The grant still gives." /> : null}
      {data ? null : (
        <p>
          Every agent with role {grant.role} loses it; calls in flight that rest on it are aborted. It can be granted
          anew.
        </p>
      )}
    </ConfirmDialog>
  );
}
