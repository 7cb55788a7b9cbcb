import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { revokeCredentialMutation } from './agents.graphql.js';

interface RevokeCredentialProps {
  readonly id: string;
  readonly prefix: string;
  readonly agent: string;
  readonly close: () => void;
}

/** The dialog stays after the act: revoked is finished when the servers have applied it. */
export function RevokeCredential({ id, prefix, agent, close }: RevokeCredentialProps) {
  const client = useApolloClient();
  const [revoke, { data, error, loading }] = useMutation(revokeCredentialMutation);
  const confirm = async () => {
    const answer = await revoke({ variables: { id } }).catch(() => null);
    if (answer?.data) await client.refetchQueries({ include: ['Agent'] });
  };
  const done = data ? (
    <>
      <p role="status">Revocation recorded.</p>
      <ConvergenceOf revision={data.revokeCredential.revision} />
      <Button className="tall" variant="default" mt="md" onClick={close}>
        Close
      </Button>
    </>
  ) : undefined;
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Revoke credential ${prefix}… of ${agent}`}
      act={`Revoke ${prefix}…`}
      isWorking={loading}
      confirm={() => void confirm()}
      done={done}
    >
      {error ? <ProblemNote error={error} trying="Not revoked" changed="The credential still works." /> : null}
      {data ? null : (
        <>
          <p>Revoking is final. From the moment a server has applied it:</p>
          <ul>
            <li>the secret gets no more tokens,</li>
            <li>every token made with it is refused, its five minutes used up or not,</li>
            <li>calls in flight with such a token are aborted.</li>
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
