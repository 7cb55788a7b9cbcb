import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { revokeCredentialMutation } from './credentials.graphql.js';

interface RevokeCredentialProps {
  readonly id: string;
  readonly prefix: string;
  readonly agent: string;
  readonly close: () => void;
}

export function RevokeCredential({ id, prefix, agent, close }: RevokeCredentialProps) {
  const [revoke] = useMutation(revokeCredentialMutation);
  return (
    <ConvergingDialog
      title={`Revoke credential ${prefix}… of ${agent}`}
      act={`Revoke ${prefix}…`}
      recorded="Revocation recorded."
      refused={['Not revoked', 'The credential still works.']}
      run={async () => (await revoke({ variables: { id } })).data?.revokeCredential.revision}
      close={close}
    >
      <p>Revoking is final. From the moment a server has applied it:</p>
      <ul>
        <li>the credential gets no more tokens,</li>
        <li>every token made with it is refused, its time used up or not,</li>
        <li>calls in flight with such a token are aborted.</li>
      </ul>
    </ConvergingDialog>
  );
}
