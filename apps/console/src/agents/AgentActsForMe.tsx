import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { IssuedSubjectToken } from './IssuedSubjectToken.js';
import { issueSubjectTokenMutation } from './subject-token.graphql.js';

interface AgentActsForMeProps {
  readonly agent: { readonly id: string; readonly status: string };
}

/** The signed-in person lets this agent act for them, for a few minutes. */
export function AgentActsForMe({ agent: { id, status } }: AgentActsForMeProps) {
  // A token must not enter the cache; it lives here until the dialog that shows it is closed.
  const [issue, { loading, error, reset }] = useMutation(issueSubjectTokenMutation, { fetchPolicy: 'no-cache' });
  const [shown, setShown] = useState<{ readonly token: string; readonly expiresAt: number } | null>(null);
  const ask = async () => {
    const answer = await issue({ variables: { agent: id } }).catch(() => null);
    const made = answer?.data?.issueSubjectToken;
    if (made) setShown({ token: made.subjectToken, expiresAt: made.expiresAt });
  };
  const close = () => {
    setShown(null);
    reset();
  };
  return (
    <Panel title="Act for me">
      {status === 'retired' ? (
        <p className="dim">This agent is retired: it acts for nobody any more.</p>
      ) : (
        <>
          <p>
            Makes a token with which this agent, and no other, acts for you. Its calls then carry your name. It never
            gets more than its own roles allow.
          </p>
          {error ? <ProblemNote error={error} trying="No token was made" changed="Nothing changed." /> : null}
          <ActButton needs="read" variant="default" mt="xs" loading={loading} onClick={() => void ask()}>
            Let {visibleString(id)} act for me
          </ActButton>
        </>
      )}
      {shown ? <IssuedSubjectToken agent={id} {...shown} close={close} /> : null}
    </Panel>
  );
}
