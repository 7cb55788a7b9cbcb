import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Choices } from '../parts/Choices.js';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { MomentField } from '../parts/MomentField.js';
import { momentOf } from '../parts/moment.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { firstKeySource, inputOf, keySources, type KeySource } from './credential-kinds.js';
import { issueCredentialMutation, prepareCredentialMutation } from './credentials.graphql.js';
import { KeyField, keyRefusal } from './KeyField.js';
import type { KeyPair } from './key-pair.js';

export interface Issued {
  readonly prefix: string;
  readonly secret: string | null;
  readonly pair: KeyPair | null;
  readonly tokenUrl: string;
}

interface CredentialFormProps {
  readonly agent: string;
  readonly isPrepared: boolean;
  readonly whenIssued: (issued: Issued) => void;
  readonly close: () => void;
}

export function CredentialForm({ agent, isPrepared, whenIssued, close }: CredentialFormProps) {
  const [source, setSource] = useState<KeySource>(firstKeySource);
  const [text, setText] = useState('');
  const { values, field } = useFields({ notBefore: '', expiresAt: '' });
  const { send, clear, error, isWorking } = useSend(isPrepared);
  const { refused, isPlaced } = keyRefusal(error, source);
  const choose = (chosen: KeySource) => {
    setSource(chosen);
    setText('');
    clear();
  };
  const submit = async () => {
    const window = { notBefore: momentOf(values.notBefore), expiresAt: momentOf(values.expiresAt) };
    const issued = await send(source, text, { agent, ...window });
    if (issued) whenIssued(issued);
  };
  const title = `${isPrepared ? 'Prepare the next credential' : 'Issue a credential'} of ${visibleString(agent)}`;
  return (
    <FormDialog
      title={title}
      act={isPrepared ? 'Prepare' : 'Issue'}
      isWorking={isWorking}
      close={close}
      submit={submit}
    >
      <FormProblem error={error} isPlaced={isPlaced} trying="No credential was issued" changed="Nothing changed." />
      <Choices label="How the agent proves itself" choices={keySources} value={source} setValue={choose} />
      <KeyField source={source} text={text} setText={setText} refused={refused} />
      <MomentField label="Not before" description="Empty: at once" {...field('notBefore')} />
      <MomentField label="Expires" description="Empty: when it is revoked" {...field('expiresAt')} />
    </FormDialog>
  );
}

interface Rest {
  readonly agent: string;
  readonly notBefore: number | null;
  readonly expiresAt: number | null;
}

// A secret must not enter the cache; it lives in the component that shows it until that closes.
function useSend(isPrepared: boolean) {
  const [issue] = useMutation(issueCredentialMutation, { fetchPolicy: 'no-cache' });
  const [prepare] = useMutation(prepareCredentialMutation, { fetchPolicy: 'no-cache' });
  const [error, setError] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);
  const send = async (source: KeySource, text: string, rest: Rest): Promise<Issued | null> => {
    setWorking(true);
    setError(null);
    try {
      const { key, pair } = await inputOf(source, text);
      const variables = { input: { ...rest, ...key } };
      const made = isPrepared
        ? (await prepare({ variables })).data?.prepareCredential
        : (await issue({ variables })).data?.issueCredential;
      return made ? { prefix: made.credential.prefix, secret: made.secret, pair, tokenUrl: made.tokenUrl } : null;
    } catch (cause) {
      setError(cause);
      return null;
    } finally {
      setWorking(false);
    }
  };
  return { send, clear: () => setError(null), error, isWorking };
}
