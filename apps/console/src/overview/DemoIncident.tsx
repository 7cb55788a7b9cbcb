import { useMutation } from '@apollo/client/react';
import { ActButton } from '../parts/ActButton.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { runDemoIncidentMutation } from './overview.graphql.js';

/** Plays the demo's incident: a gullible agent reads a poisoned ticket and tries 47 refunds. */
export function DemoIncident() {
  const [run, { loading, error, data }] = useMutation(runDemoIncidentMutation);
  return (
    <>
      {data ? <span role="status">The incident is playing: watch the live decisions</span> : null}
      {error ? <ProblemNote error={error} trying="The incident did not start" changed="Nothing changed." /> : null}
      <ActButton
        needs="agents:write"
        variant="default"
        loading={loading}
        onClick={() => void run().catch(() => undefined)}
      >
        Play the demo incident
      </ActButton>
    </>
  );
}
