import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { activateCredentialMutation } from './credentials.graphql.js';

interface ActivateCredentialProps {
  readonly id: string;
  readonly prefix: string;
  readonly agent: string;
  readonly close: () => void;
}

export function ActivateCredential({ id, prefix, agent, close }: ActivateCredentialProps) {
  const [activate] = useMutation(activateCredentialMutation);
  return (
    <ConvergingDialog
      title={`Activate credential ${prefix}… of ${agent}`}
      act={`Activate ${prefix}…`}
      tone="plain"
      recorded="Activation recorded. It gets tokens from now on."
      refused={['Not activated', 'The credential gets no tokens yet.']}
      run={async () => (await activate({ variables: { id } })).data?.activateCredential.revision}
      close={close}
    >
      <p>It gets tokens from now on, beside the old one. The old one stays as it is until you retire it.</p>
    </ConvergingDialog>
  );
}
