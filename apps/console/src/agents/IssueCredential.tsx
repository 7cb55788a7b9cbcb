import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { ActButton } from '../parts/ActButton.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { issueCredentialMutation } from './agents.graphql.js';
import { IssuedSecret } from './IssuedSecret.js';

interface Issued {
  readonly secret: string;
  readonly tokenUrl: string;
}

export function IssueCredential({ agent }: { readonly agent: string }) {
  const client = useApolloClient();
  // The secret must not enter the cache; it lives in this component until the dialog closes.
  const [issue, { loading, error, reset }] = useMutation(issueCredentialMutation, { fetchPolicy: 'no-cache' });
  const [issued, setIssued] = useState<Issued | null>(null);
  const start = async () => {
    const answer = await issue({ variables: { input: { agent } } }).catch(() => null);
    if (!answer?.data) return;
    const { secret, tokenUrl } = answer.data.issueCredential;
    reset();
    setIssued({ secret, tokenUrl });
    await client.refetchQueries({ include: ['Agent'] });
  };
  return (
    <>
      {error ? <ProblemNote error={error} trying="No credential was issued" changed="Nothing changed." /> : null}
      <ActButton needs="credentials:write" size="compact-sm" loading={loading} onClick={() => void start()}>
        Issue credential
      </ActButton>
      {issued ? <IssuedSecret agent={agent} {...issued} close={() => setIssued(null)} /> : null}
    </>
  );
}
