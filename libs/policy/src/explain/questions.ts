import type { namedCallChecks, namedGrantChecks, namedLastChecks, namedLateChecks } from '../decide.js';

export type CallCheckName = keyof typeof namedCallChecks | keyof typeof namedLateChecks;
export type GrantCheckName = keyof typeof namedGrantChecks | keyof typeof namedLastChecks;

/** Every check by the name of its file in `checks`. `is-granted` is asked between those about the call and those about grants. */
export type CheckName = CallCheckName | 'is-granted' | GrantCheckName;

/** What a check asks, and its place in the order of protocol G3. */
export interface Question {
  readonly step: number;
  readonly text: string;
}

/** A check that is added to the lists of `decide.ts` and is not asked about here does not compile. */
export const questions: Readonly<Record<CheckName, Question>> = {
  'is-severed': { step: 1, text: 'Is the guard in touch with the control plane?' },
  'is-stopped': { step: 2, text: 'Is no kill switch engaged over this call?' },
  'is-understood': { step: 2, text: 'Does this version understand everything in force?' },
  'is-agent-active': { step: 3, text: 'Are the agent, and those it came by, known and active?' },
  'is-credential-live': { step: 3, text: 'Is the credential known, this agent’s, live and in time?' },
  'is-untainted': { step: 3, text: 'Is nothing tainted that the token was made from?' },
  'is-token-live': { step: 3, text: 'Is the token in time, and its key one that signs?' },
  'is-token-in-force': { step: 3, text: 'Is the token for this server, neither revoked nor cut off?' },
  'is-conversation-open': {
    step: 3,
    text: 'Is the conversation, if there is one, this agent’s, open and for this environment?',
  },
  'is-tool-known': { step: 4, text: 'Is the tool registered at this server?' },
  'is-definition-accepted': { step: 4, text: 'Is what the server says of the tool what was accepted?' },
  'is-assigned': { step: 5, text: 'Does the agent hold the role in this environment now?' },
  'is-granted': { step: 5, text: 'Does any grant name the tool for the role here?' },
  'is-grant-understood': { step: 5, text: 'Does this version understand all of the grant?' },
  'is-for-conversation': { step: 5, text: 'Is the grant for this conversation, if it is for one alone?' },
  'is-task-covered': { step: 5, text: 'Does the token’s task cover what the grant asks for?' },
  'is-in-window': { step: 5, text: 'Does the grant hold at this time?' },
  'may-be-stale': { step: 5, text: 'Does the grant allow the guard’s posture?' },
  'is-within-constraints': { step: 6, text: 'Do the arguments keep within the grant’s constraints?' },
  'is-not-forbidden': { step: 8, text: 'Does no policy forbid it?' },
  'is-within-quota': { step: 9, text: 'Is enough left of the grant’s quotas?' },
  'is-not-held': { step: 10, text: 'Does no policy hold it for a person?' },
  'needs-no-approval': { step: 10, text: 'Does the grant let it run without asking a person?' },
};
