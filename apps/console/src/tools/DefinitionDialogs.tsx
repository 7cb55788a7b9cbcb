import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { visibleString } from '../parts/visible-text.js';
import { acceptDefinitionMutation, withdrawDefinitionMutation } from './tools.graphql.js';

interface DefinitionDialogProps {
  readonly tool: string;
  readonly hash: string;
  /** Whether a guard's server says this now. */
  readonly isAnnounced: boolean;
  readonly close: () => void;
}

export function AcceptDefinition({ tool, hash, isAnnounced, close }: DefinitionDialogProps) {
  const [accept] = useMutation(acceptDefinitionMutation);
  return (
    <ConvergingDialog
      title={`Accept definition ${hash.slice(0, 12)} of ${visibleString(tool)}`}
      act="Accept definition"
      tone="plain"
      recorded="Acceptance recorded."
      refused={['Not accepted', 'Calls of this definition are still refused.']}
      run={async () => (await accept({ variables: { input: { tool, hash } } })).data?.acceptDefinition.revision}
      close={close}
    >
      <p>
        {isAnnounced
          ? 'The tool is shown and called again, with this description, by everybody who was granted it.'
          : 'No guard’s server announces it now; it runs from the moment one does.'}
      </p>
      <p>What was accepted before stays accepted until it is withdrawn. Models read all of what you accept.</p>
    </ConvergingDialog>
  );
}

export function WithdrawDefinition({ tool, hash, isAnnounced, close }: DefinitionDialogProps) {
  const [withdraw] = useMutation(withdrawDefinitionMutation);
  return (
    <ConvergingDialog
      title={`Withdraw definition ${hash.slice(0, 12)} of ${visibleString(tool)}`}
      act="Withdraw definition"
      recorded="Withdrawal recorded."
      refused={['Not withdrawn', 'The definition is still accepted.']}
      run={async () => (await withdraw({ variables: { input: { tool, hash } } })).data?.withdrawDefinition.revision}
      close={close}
    >
      <p>
        {isAnnounced
          ? 'Where a server announces it, the tool is hidden, its calls are refused, and those in flight are aborted.'
          : 'No guard’s server announces it now, so no call is refused by this.'}{' '}
        It can be accepted again.
      </p>
    </ConvergingDialog>
  );
}
