import { useMutation } from '@apollo/client/react';
import { useInstall } from '../shell/session.js';
import { KeyActDialog } from './KeyActDialog.js';
import { withdrawSigningKeyMutation } from './settings.graphql.js';
import { shortKid } from './signing-key-texts.js';

export function WithdrawSigningKey({ kid, close }: { readonly kid: string; readonly close: () => void }) {
  const [withdraw] = useMutation(withdrawSigningKeyMutation);
  const { leaseSeconds } = useInstall();
  return (
    <KeyActDialog
      title={`Withdraw signing key ${shortKid(kid)} now`}
      act={`Withdraw ${shortKid(kid)}`}
      tone="stop"
      refused={['Not withdrawn', 'What it signed is still good.']}
      recorded={`Withdrawal recorded. Every guard takes it with its next lease, within ${leaseSeconds} s; one that is cut off refuses every call by then. The card says how many still take it.`}
      run={() => withdraw({ variables: { kid } })}
      close={close}
    >
      <p>For a key that somebody else may hold. It is final. From the moment a guard has taken it:</p>
      <ul>
        <li>every token that was signed with it is refused there, its time used up or not,</li>
        <li>calls with such tokens fail until their agents ask for new ones, which they get at once.</li>
      </ul>
      <p>Left alone, the key is withdrawn by itself once none of its tokens can live any more, and no call fails.</p>
    </KeyActDialog>
  );
}
