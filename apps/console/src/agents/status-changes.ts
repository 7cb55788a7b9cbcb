import type { AgentStatus } from '../gql/graphql.js';
import type { ConfirmTone } from '../parts/ConfirmDialog.js';

export type StatusChange = 'suspend' | 'resume' | 'retire';

interface StatusChangeWords {
  readonly verb: string;
  readonly tone: ConfirmTone;
  readonly recorded: string;
  readonly refused: readonly [trying: string, changed: string];
  readonly lead: string;
  readonly effects: readonly string[];
}

export const statusChangeWords: Record<StatusChange, StatusChangeWords> = {
  suspend: {
    verb: 'Suspend',
    tone: 'stop',
    recorded: 'Suspension recorded.',
    refused: ['Not suspended', 'The agent still acts.'],
    lead: 'It can be resumed. From the moment a server has applied it:',
    effects: [
      'the agent gets no more tokens,',
      'every call with a token it holds is refused,',
      'its calls in flight are aborted.',
    ],
  },
  resume: {
    verb: 'Resume',
    tone: 'plain',
    recorded: 'Resumption recorded.',
    refused: ['Not resumed', 'The agent is still suspended.'],
    lead: 'The agent gets its authority back as it stands now:',
    effects: [
      'its credentials that are neither ended nor revoked get tokens again,',
      'tokens it still holds that are in time work again,',
      'a kill switch that stops it stays engaged.',
    ],
  },
  retire: {
    verb: 'Retire',
    tone: 'stop',
    recorded: 'Retirement recorded.',
    refused: ['Not retired', 'The agent is as it was.'],
    lead: 'Retiring is final: nobody can bring this agent back, and its id is never used again. From the moment a server has applied it:',
    effects: [
      'the agent gets no more tokens and no new credentials or roles,',
      'every call with a token it holds is refused,',
      'its calls in flight are aborted. What it did stays on record.',
    ],
  },
};

/** What may be done to an agent from where it stands; nothing leads out of retired. */
export function changesFrom(status: AgentStatus): readonly StatusChange[] {
  if (status === 'active') return ['suspend', 'retire'];
  return status === 'suspended' ? ['resume', 'retire'] : [];
}
