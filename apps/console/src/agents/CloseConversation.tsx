import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { visibleString } from '../parts/visible-text.js';
import { closeConversationMutation } from './conversations.graphql.js';

interface CloseConversationProps {
  readonly id: string;
  readonly agent: string;
  readonly close: () => void;
}

export function CloseConversation({ id, agent, close }: CloseConversationProps) {
  const [end] = useMutation(closeConversationMutation);
  return (
    <ConvergingDialog
      title={`Close conversation ${id} of ${visibleString(agent)}`}
      act="Close conversation"
      recorded="Closing recorded."
      refused={['Not closed', 'The conversation is still open.']}
      run={async () => (await end({ variables: { id } })).data?.closeConversation.revision}
      close={close}
    >
      <p>Closing is final. From the moment a server has applied it:</p>
      <ul>
        <li>no more tokens are made for this conversation,</li>
        <li>every call with a token made for it is refused, and those in flight are aborted.</li>
      </ul>
      <p>The agent’s other conversations go on.</p>
    </ConvergingDialog>
  );
}
