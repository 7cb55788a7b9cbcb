import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { removeAssignmentMutation } from './agents.graphql.js';

interface RemoveAssignmentProps {
  readonly id: string;
  readonly role: string;
  readonly environment: string;
  readonly agent: string;
  readonly close: () => void;
}

export function RemoveAssignment({ id, role, environment, agent, close }: RemoveAssignmentProps) {
  const [remove] = useMutation(removeAssignmentMutation);
  return (
    <ConvergingDialog
      title={`Remove role ${role} in ${environment} from ${agent}`}
      act={`Remove ${role}`}
      recorded="Removal recorded."
      refused={['Not removed', 'The agent still holds the role.']}
      run={async () => (await remove({ variables: { id } })).data?.removeAssignment.revision}
      close={close}
    >
      <p>Everything the role grants in {environment} is refused from the moment a server has applied it.</p>
    </ConvergingDialog>
  );
}
