import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { ActButton } from '../parts/ActButton.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { ShownOnceDialog } from '../parts/ShownOnceDialog.js';
import { Snippet } from '../parts/Snippet.js';
import { exactTime } from '../parts/When.js';
import { issueStopTicketMutation } from '../shell/stop-ticket.graphql.js';

/** What the stop page and the command line ask for: to be fetched on a quiet day, before it is needed. */
export function StopTicket() {
  const [issue, { loading, error, reset }] = useMutation(issueStopTicketMutation, { fetchPolicy: 'no-cache' });
  const [issued, setIssued] = useState<{ readonly ticket: string; readonly expiresAt: number } | null>(null);
  const start = async () => {
    const answer = await issue().catch(() => null);
    if (!answer?.data) return;
    const { ticket, expiresAt } = answer.data.issueStopTicket;
    reset();
    setIssued({ ticket, expiresAt });
  };
  return (
    <>
      {error ? <ProblemNote error={error} trying="No stop ticket was issued" changed="Nothing changed." /> : null}
      <ActButton needs="kill:engage" size="compact-sm" variant="default" loading={loading} onClick={() => void start()}>
        Get a stop ticket
      </ActButton>
      {issued ? (
        <ShownOnceDialog
          title="Your stop ticket"
          secret={issued.ticket}
          secretName="Stop ticket"
          close={() => setIssued(null)}
        >
          <p>
            Good until {exactTime(issued.expiresAt)}, for the stop page and the command line. It can stop; it can
            release nothing.
          </p>
          <Snippet title="Command line" text={`PORTCULLIS_TOKEN='${issued.ticket}' portcullis kill agent AGENT-ID`} />
        </ShownOnceDialog>
      ) : null}
    </>
  );
}
