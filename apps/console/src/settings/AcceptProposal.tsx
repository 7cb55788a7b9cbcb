import { useApolloClient, useMutation } from '@apollo/client/react';
import type { GrantProposalsQuery } from '../gql/graphql.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { EnvironmentChip } from '../parts/EnvironmentChip.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { acceptProposalMutation } from './environments.graphql.js';

type Proposal = GrantProposalsQuery['grantProposals']['proposals'][number];

interface AcceptProposalProps {
  readonly environment: string;
  readonly proposal: Proposal;
  readonly close: () => void;
}

/** A grant by role, tool and task. What the arguments were is not in it: limits are a person's to add. */
export function AcceptProposal({ environment, proposal: { role, toolId, task }, close }: AcceptProposalProps) {
  const client = useApolloClient();
  const [create, { loading, error }] = useMutation(acceptProposalMutation);
  const confirm = async () => {
    const input = { role, environment, toolId, task, constraints: [], obligations: [], staleSeconds: 0 };
    const answer = await create({ variables: { input } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['GrantProposals'] });
    close();
  };
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Grant ${visibleString(toolId)} to ${visibleString(role)}`}
      act="Add grant"
      tone="plain"
      isWorking={loading}
      confirm={() => void confirm()}
    >
      {error ? <ProblemNote error={error} trying="Not granted" changed="Nothing changed." /> : null}
      <p>
        Every agent that holds <VisibleText text={role} /> in <EnvironmentChip environment={environment} /> may call it
        with a token for {task}, whatever the arguments. To limit them, add the grant on the page of grants instead.
      </p>
    </ConfirmDialog>
  );
}
