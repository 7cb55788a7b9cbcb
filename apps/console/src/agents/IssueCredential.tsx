import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { ActButton } from '../parts/ActButton.js';
import { CredentialForm, type Issued } from './CredentialForm.js';
import { IssuedKey } from './IssuedKey.js';
import { IssuedSecret } from './IssuedSecret.js';

interface IssueCredentialProps {
  readonly agent: string;
  /** Makes the next credential of a rotation, which gets no tokens until it is activated. */
  readonly isPrepared?: boolean;
  /** False hides the button only: what was just issued stays shown until the person has stored it. */
  readonly isOffered?: boolean;
}

export function IssueCredential({ agent, isPrepared = false, isOffered = true }: IssueCredentialProps) {
  const client = useApolloClient();
  const [isAsking, setAsking] = useState(false);
  const [issued, setIssued] = useState<Issued | null>(null);
  const whenIssued = (made: Issued) => {
    setAsking(false);
    setIssued(made);
    void client.refetchQueries({ include: 'active' });
  };
  const close = () => setIssued(null);
  return (
    <>
      {isOffered ? (
        <ActButton needs="credentials:write" size="compact-sm" onClick={() => setAsking(true)}>
          {isPrepared ? 'Prepare the next credential' : 'Issue credential'}
        </ActButton>
      ) : null}
      {isAsking ? (
        <CredentialForm agent={agent} isPrepared={isPrepared} whenIssued={whenIssued} close={() => setAsking(false)} />
      ) : null}
      {issued?.secret ? <IssuedSecret agent={agent} {...issued} secret={issued.secret} close={close} /> : null}
      {issued?.pair ? <IssuedKey agent={agent} {...issued} pair={issued.pair} close={close} /> : null}
    </>
  );
}
