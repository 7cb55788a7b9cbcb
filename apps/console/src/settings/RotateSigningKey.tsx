import { useMutation } from '@apollo/client/react';
import { KeyActDialog } from './KeyActDialog.js';
import { rotateSigningKeyMutation } from './settings.graphql.js';

export function RotateSigningKey({ close }: { readonly close: () => void }) {
  const [rotate] = useMutation(rotateSigningKeyMutation);
  return (
    <KeyActDialog
      title="Rotate the signing key of access tokens"
      act="Rotate signing key"
      tone="plain"
      refused={['Not rotated', 'The keys are as they were.']}
      recorded="A new key is published. The card says when it signs."
      run={() => rotate()}
      close={close}
    >
      <p>No call fails and nothing restarts:</p>
      <ul>
        <li>a new key is made and sent to every guard,</li>
        <li>it signs once every guard that holds a lease has it,</li>
        <li>the old key then only verifies what it signed, until none of its tokens can live any more.</li>
      </ul>
    </KeyActDialog>
  );
}
