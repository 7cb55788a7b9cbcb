import { useMutation } from '@apollo/client/react';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { setAgentHostMutation } from './agents.graphql.js';

interface RemoveHostProps {
  readonly agent: string;
  readonly host: string;
  readonly close: () => void;
}

export function RemoveHost({ agent, host, close }: RemoveHostProps) {
  const [set, { loading, error }] = useMutation(setAgentHostMutation);
  const confirm = async () => {
    const answer = await set({ variables: { agent, host: null } }).catch(() => null);
    if (answer?.data) close();
  };
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Remove ${visibleString(host)} as the host of ${visibleString(agent)}`}
      act="Remove host"
      isWorking={loading}
      confirm={() => void confirm()}
    >
      {error ? <ProblemNote error={error} trying="Not removed" changed="The host is as it was." /> : null}
      <ul>
        <li>{visibleString(host)} opens no more conversations for this agent, from its next try on.</li>
        <li>The conversations it opened go on until they expire or somebody closes them.</li>
        <li>People can still open conversations for this agent here.</li>
      </ul>
    </ConfirmDialog>
  );
}
