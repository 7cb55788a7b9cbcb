import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { RolesOfAgentQuery, Task, ToWidenQuery, WidenConversationInput } from '../gql/graphql.js';
import { problemOf } from '../parts/problem.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { constraintsOf, obligationsOf, type DraftedParts } from './grant-draft.js';
import { grantableQuery } from './grants.graphql.js';
import type { TypeOf } from './part-draft.js';
import { problemsWithin } from './part-problems.js';
import { parametersOf } from './tool-parameters.js';
import { useGrantTexts } from './use-grant-texts.js';
import { rolesOfAgentQuery, widenConversationMutation } from './widenings.graphql.js';

export type Conversation = NonNullable<ToWidenQuery['conversation']>;

export interface WidenDraft extends DraftedParts {
  readonly toolId: string | null;
  readonly role: string | null;
  readonly task: Task;
  readonly minutes: number | string;
  readonly reason: string;
}

const tasks = ['lookup', 'update', 'execute'] as const satisfies readonly Task[];
const placed = ['toolId', 'role', 'task', 'minutes', 'reason'] as const;
const nothing = { toolId: null, role: null, minutes: 30, reason: '', constraints: [], obligations: [] };

/** No token for a conversation covers more than what it was opened for. */
export function tasksUpTo(opened: readonly Task[]): readonly Task[] {
  return tasks.slice(0, Math.max(...opened.map((task) => tasks.indexOf(task))) + 1);
}

export type WideningBeingWritten = ReturnType<typeof useWidenForm>;

/** A widening as it is being written: what can be chosen, what the server says of it, and saving it. */
export function useWidenForm(conversation: Conversation) {
  const [draft, setDraft] = useState<WidenDraft>({ ...nothing, task: tasksUpTo(conversation.tasks)[0] ?? 'lookup' });
  const known = useQuery(grantableQuery, { fetchPolicy: 'cache-and-network' });
  const agent = useQuery(rolesOfAgentQuery, {
    variables: { agent: conversation.agent },
    fetchPolicy: 'cache-and-network',
  });
  const [widen, made] = useMutation(widenConversationMutation);
  const held = agent.data?.agent?.assignments.filter(({ state }) => state === 'current') ?? [];
  const servers = (known.data?.servers ?? []).filter(({ environment }) =>
    conversation.environment === null
      ? held.some((one) => one.environment === environment)
      : conversation.environment === environment,
  );
  const server = servers.find(({ tools }) => tools.some(({ id }) => id === draft.toolId));
  const roles = rolesIn(held, server?.environment);
  const role = draft.role !== null && roles.includes(draft.role) ? draft.role : (roles[0] ?? null);
  const parameters = parametersOf(
    (server?.tools ?? []).filter(({ id }) => id === draft.toolId).map(({ inputSchema }) => inputSchema),
  );
  const typeOf: TypeOf = (path) => parameters.find((one) => one.path === path)?.type;
  const said = useGrantTexts({ constraints: constraintsOf(draft, typeOf), obligations: obligationsOf(draft, typeOf) });
  const refusal = made.error ? problemOf(made.error).fields : [];
  return {
    ...{ draft, servers, roles, role, environment: server?.environment ?? null, parameters, typeOf, said, made },
    isKnown: known.data !== undefined && agent.data !== undefined,
    unknown: known.error ?? agent.error,
    refused: refusalsAt(made.error, placed, {}).at,
    problems: (list: 'constraint' | 'obligation') => (index: number) =>
      made.error ? (said[list](index)?.problems ?? problemsWithin(refusal, `${list}s.${index}`)) : [],
    set: (change: Partial<WidenDraft>) => {
      setDraft((before) => ({ ...before, ...change }));
      made.reset();
    },
    save: async () => {
      const input = inputOf(draft, role, conversation.id, typeOf);
      if (input !== null) await widen({ variables: { input } }).catch(() => null);
    },
  };
}

function rolesIn(
  held: readonly NonNullable<RolesOfAgentQuery['agent']>['assignments'][number][],
  environment: string | undefined,
): readonly string[] {
  return [...new Set(held.filter((one) => one.environment === environment).map(({ role }) => role))].sort();
}

function inputOf(
  { toolId, task, minutes, reason, ...parts }: WidenDraft,
  role: string | null,
  conversation: string,
  typeOf: TypeOf,
): WidenConversationInput | null {
  if (toolId === null) return null;
  return {
    ...{ conversation, toolId, role, task, reason },
    minutes: Number(minutes) || 0,
    constraints: constraintsOf(parts, typeOf),
    obligations: obligationsOf(parts, typeOf),
  };
}
