import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { removeAssignmentMutation } from './agents.graphql.js';

interface RemoveAssignmentProps {
  readonly id: string;
  readonly role: string;
  readonly environment: string;
  readonly agent: string;
  readonly close: () => void;
}

export function RemoveAssignment({ id, role, environment, agent, close }: RemoveAssignmentProps) {
  const client = useApolloClient();
  const [remove, { data, error, loading }] = useMutation(removeAssignmentMutation);
  const confirm = async () => {
    const answer = await remove({ variables: { id } }).catch(() => null);
    if (answer?.data) await client.refetchQueries({ include: ['Agent'] });
  };
  const done = data ? (
    <>
      <p role="status">Removal recorded.</p>
      <ConvergenceOf revision={data.removeAssignment.revision} />
      <Button className="tall" variant="default" mt="md" onClick={close}>
        Close
      </Button>
    </>
  ) : undefined;
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Remove role ${role} in ${environment} from ${agent}`}
      act={`Remove ${role}`}
      isWorking={loading}
      confirm={() => void confirm()}
      done={done}
    >
      {error ? <ProblemNote error={error} trying="Not removed" changed="The agent still holds the role." /> : null}
      {data ? null : (
        <p>Everything the role grants in {environment} is refused from the moment a server has applied it.</p>
      )}
    </ConfirmDialog>
  );
}
