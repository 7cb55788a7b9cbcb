import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CreateGrantInput, GrantableQuery, Task } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { createGrantMutation, grantableQuery } from './grants.graphql.js';

const tasks: readonly { value: Task; label: string }[] = [
  { value: 'lookup', label: 'lookup: reads' },
  { value: 'update', label: 'update: changes records' },
  { value: 'execute', label: 'execute: acts' },
];

interface Draft {
  readonly role: string | null;
  readonly tool: string | null;
  readonly task: Task;
  readonly path: string;
  readonly most: number | string;
}

/** The tool decides the environment: a server belongs to one for ever. */
function inputOf(draft: Draft, known: GrantableQuery | undefined): CreateGrantInput | null {
  const server = known?.servers.find(({ tools }) => tools.some(({ id }) => id === draft.tool));
  if (draft.role === null || draft.tool === null || server === undefined) return null;
  const constraints =
    draft.path.trim() !== '' && typeof draft.most === 'number'
      ? [{ kind: 'max', path: draft.path.trim(), value: draft.most }]
      : [];
  return { role: draft.role, environment: server.environment, toolId: draft.tool, task: draft.task, constraints };
}

export function AddGrant({ close }: { readonly close: () => void }) {
  const client = useApolloClient();
  const known = useQuery(grantableQuery, { fetchPolicy: 'cache-and-network' });
  const [create, { loading, error }] = useMutation(createGrantMutation);
  const [draft, setDraft] = useState<Draft>({ role: null, tool: null, task: 'lookup', path: '', most: '' });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = async () => {
    const input = inputOf(draft, known.data);
    if (input === null) return;
    const answer = await create({ variables: { input } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Grants'] });
    close();
  };
  const roles = known.data?.roles.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? [];
  const tools = known.data?.servers.flatMap((server) => server.tools.map(({ id }) => id)) ?? [];
  return (
    <FormDialog title="Add a grant" act="Add grant" isWorking={loading} close={close} submit={submit}>
      {known.error ? <ProblemNote error={known.error} trying="Roles and tools could not be loaded" /> : null}
      {error ? <ProblemNote error={error} trying="Not granted" changed="Nothing changed." /> : null}
      <Select label="Role" required data={roles} value={draft.role} onChange={(role) => set({ role })} />
      <Select label="Tool" required searchable data={tools} value={draft.tool} onChange={(tool) => set({ tool })} />
      <Select
        label="Task that the token must cover"
        required
        allowDeselect={false}
        data={tasks}
        value={draft.task}
        onChange={(task) => set({ task: task ?? 'lookup' })}
      />
      <TextInput
        label="Limit this parameter"
        description="Its name, such as amount; leave empty for no limit"
        value={draft.path}
        onChange={(event) => set({ path: event.currentTarget.value })}
      />
      <NumberInput
        label="At most"
        value={draft.most}
        onChange={(most) => set({ most })}
        required={draft.path.trim() !== ''}
      />
    </FormDialog>
  );
}
