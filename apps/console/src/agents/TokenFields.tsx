import { useQuery } from '@apollo/client/react';
import { Select, TextInput } from '@mantine/core';
import type { Task } from '../gql/graphql.js';
import { assignableQuery } from './agents.graphql.js';

const tasks = ['lookup', 'update', 'execute'] as const satisfies readonly Task[];

/** What the token would be for; nothing said is what the token endpoint would take. */
export interface TokenDraft {
  readonly role: string | null;
  readonly task: Task;
  readonly user: string;
  readonly conversation: string;
}

export const plainToken: TokenDraft = { role: null, task: 'lookup', user: '', conversation: '' };

interface TokenFieldsProps {
  readonly token: TokenDraft;
  readonly setToken: (token: TokenDraft) => void;
  readonly refused: Readonly<Partial<Record<keyof TokenDraft, string>>>;
}

export function TokenFields({ token, setToken, refused }: TokenFieldsProps) {
  const roles = useQuery(assignableQuery).data?.roles.map(({ id }) => id) ?? [];
  const put = (change: Partial<TokenDraft>) => setToken({ ...token, ...change });
  return (
    <>
      <Select
        label="Role"
        placeholder="The one it holds there"
        clearable
        data={roles}
        value={token.role}
        onChange={(role) => put({ role })}
        error={refused.role}
      />
      <Select
        label="Task"
        data={tasks}
        value={token.task}
        onChange={(chosen) => put({ task: tasks.find((one) => one === chosen) ?? 'lookup' })}
      />
      <TextInput
        label="User"
        description="Empty: none"
        value={token.user}
        onChange={(event) => put({ user: event.currentTarget.value })}
        error={refused.user}
      />
      <TextInput
        label="Conversation"
        description="Empty: none"
        value={token.conversation}
        onChange={(event) => put({ conversation: event.currentTarget.value })}
        error={refused.conversation}
      />
    </>
  );
}
