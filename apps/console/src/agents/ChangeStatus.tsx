import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { visibleString } from '../parts/visible-text.js';
import { resumeAgentMutation, retireAgentMutation, suspendAgentMutation } from './agents.graphql.js';
import { statusChangeWords, type StatusChange } from './status-changes.js';

interface ChangeStatusProps {
  readonly agent: string;
  readonly change: StatusChange;
  readonly close: () => void;
}

export function ChangeStatus({ agent, change, close }: ChangeStatusProps) {
  const runs = useStatusChanges(agent);
  const { verb, tone, recorded, refused, lead, effects } = statusChangeWords[change];
  const act = `${verb} ${visibleString(agent)}`;
  return (
    <ConvergingDialog
      title={`${verb} agent ${visibleString(agent)}`}
      act={act}
      tone={tone}
      recorded={recorded}
      refused={refused}
      run={runs[change]}
      close={close}
    >
      <p>{lead}</p>
      <ul>
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </ConvergingDialog>
  );
}

function useStatusChanges(id: string): Record<StatusChange, () => Promise<number | undefined>> {
  const [suspend] = useMutation(suspendAgentMutation);
  const [resume] = useMutation(resumeAgentMutation);
  const [retire] = useMutation(retireAgentMutation);
  const variables = { id };
  return {
    suspend: async () => (await suspend({ variables })).data?.suspendAgent.revision,
    resume: async () => (await resume({ variables })).data?.resumeAgent.revision,
    retire: async () => (await retire({ variables })).data?.retireAgent.revision,
  };
}
