import { useQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import type { GrantProposalsQuery } from '../gql/graphql.js';
import { reasonText } from '../live/reason-texts.js';
import { ActButton } from '../parts/ActButton.js';
import { Loading } from '../parts/Loading.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { AcceptProposal } from './AcceptProposal.js';
import { grantProposalsQuery } from './environments.graphql.js';

type Seen = GrantProposalsQuery['grantProposals'];
type Proposal = Seen['proposals'][number];

const pollMs = 5_000;

/** What would have been denied while it was observed, and the grants that would give it. Each is accepted by a person. */
export function GrantProposals({ environment }: { readonly environment: string }) {
  const { data, error } = useQuery(grantProposalsQuery, {
    variables: { environment },
    fetchPolicy: 'cache-and-network',
    pollInterval: pollMs,
  });
  const [accepting, setAccepting] = useState<Proposal | null>(null);
  const seen = data?.grantProposals;
  return (
    <Panel title={`Seen in ${visibleString(environment)}`}>
      {error ? <ProblemNote error={error} trying="What was seen could not be loaded" /> : null}
      {!seen && !error ? <Loading lines={3} /> : null}
      {seen ? <Summary seen={seen} /> : null}
      {seen && seen.proposals.length > 0 ? (
        <PlainTable
          label={`Proposed grants in ${visibleString(environment)}`}
          heads={['Role', 'Tool', 'Task', 'Calls', 'By', 'Last', 'Act']}
          rows={seen.proposals.map((proposal) => ({
            id: JSON.stringify([proposal.role, proposal.toolId, proposal.task]),
            cells: cellsOf(proposal, () => setAccepting(proposal)),
          }))}
        />
      ) : null}
      {accepting ? (
        <AcceptProposal environment={environment} proposal={accepting} close={() => setAccepting(null)} />
      ) : null}
    </Panel>
  );
}

function Summary({ seen: { since, until, wouldDeny, proposals } }: { readonly seen: Seen }) {
  if (since === null || until === null) return <p className="dim">It was never observed.</p>;
  return (
    <>
      <p>
        From <When at={since} /> to <When at={until} />:{' '}
        {wouldDeny.length === 0
          ? 'nothing that would have been denied.'
          : wouldDeny
              .map(({ outcome, reason, calls }) => `${calls} would ${outcome}: ${reasonText(reason)}`)
              .join(', ')}
      </p>
      {proposals.length === 0 && wouldDeny.length > 0 ? (
        <p className="dim">
          No grant is proposed: what was seen is granted by now, or is about something else than grants.
        </p>
      ) : null}
    </>
  );
}

function cellsOf(
  { role, toolId, task, calls, agents, agentCount, lastAt }: Proposal,
  accept: () => void,
): readonly ReactNode[] {
  const more = agentCount - agents.length;
  return [
    <VisibleText text={role} />,
    <span className="mono">
      <VisibleText text={toolId} />
    </span>,
    task,
    calls.toLocaleString(),
    <>
      <VisibleText text={agents.join(', ')} />
      {more > 0 ? ` and ${more} more` : null}
    </>,
    <When at={lastAt} />,
    <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={accept}>
      Grant {visibleString(toolId)} to {visibleString(role)} for {task}
    </ActButton>,
  ];
}
