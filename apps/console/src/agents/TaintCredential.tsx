import { useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { taintCredentialMutation } from './credentials.graphql.js';

interface TaintCredentialProps {
  readonly id: string;
  readonly prefix: string;
  readonly agent: string;
  readonly close: () => void;
}

export function TaintCredential({ id, prefix, agent, close }: TaintCredentialProps) {
  const [taint, { data }] = useMutation(taintCredentialMutation);
  const [reason, setReason] = useState('');
  const run = async () => (await taint({ variables: { id, reason } })).data?.taintCredential.revision;
  return (
    <ConvergingDialog
      title={`Taint credential ${prefix}… of ${agent}`}
      act={`Taint ${prefix}…`}
      recorded={data ? wentWithIt(data.taintCredential) : 'Taint recorded.'}
      refused={['Not tainted', 'The credential is as it was.']}
      run={run}
      close={close}
    >
      <p>For a credential somebody else may hold. It is final. From the moment a server has applied it:</p>
      <ul>
        <li>the credential, and every credential made with it, gets no more tokens,</li>
        <li>every token that came from any of them is refused, exchanged ones too,</li>
        <li>conversations opened with any of them are closed,</li>
        <li>calls in flight with such a token are aborted.</li>
      </ul>
      <TextInput
        label="Reason"
        description="May stay empty; nothing waits for it"
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConvergingDialog>
  );
}

function wentWithIt({ credentials, conversations }: { readonly credentials: number; readonly conversations: number }) {
  return `Taint recorded: ${credentials} ${credentials === 1 ? 'credential' : 'credentials'} and ${conversations} ${
    conversations === 1 ? 'conversation' : 'conversations'
  } went with it.`;
}
