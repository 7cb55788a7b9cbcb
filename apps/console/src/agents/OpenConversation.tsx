import { useApolloClient, useMutation } from '@apollo/client/react';
import { Checkbox, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Task } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { newId } from '../parts/new-id.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { attributesIn } from './attribute-lines.js';
import { openConversationMutation } from './conversations.graphql.js';

const allTasks = ['lookup', 'update', 'execute'] as const satisfies readonly Task[];
const standardMinutes = 60;
const mostMinutes = 1_440;

/** Opens a record with the signed-in person as its user. */
export function OpenConversation({ agent, close }: { readonly agent: string; readonly close: () => void }) {
  const client = useApolloClient();
  const [open, { loading, error }] = useMutation(openConversationMutation);
  // One id for this form: pressing twice opens one record.
  const [id] = useState(newId);
  const [tasks, setTasks] = useState<string[]>(['lookup']);
  const [text, setText] = useState('');
  const [minutes, setMinutes] = useState<number | string>(standardMinutes);
  const attributes = attributesIn(text);
  const chosen = allTasks.filter((task) => tasks.includes(task));
  const submit = async () => {
    if (attributes === null || chosen.length === 0) return;
    const expiresInSeconds = Math.round((Number(minutes) || standardMinutes) * 60);
    const input = { id, agent, tasks: chosen, attributes, digests: [], expiresInSeconds };
    const answer = await open({ variables: { input } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Conversations'] });
    close();
  };
  const title = `Open a conversation for ${visibleString(agent)}`;
  return (
    <FormDialog title={title} act="Open conversation" isWorking={loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not opened" changed="Nothing changed." /> : null}
      <p>You are its user. Tokens for it are asked for with the scope conv:{id}.</p>
      <Checkbox.Group
        label="Tasks"
        value={tasks}
        onChange={setTasks}
        error={chosen.length === 0 ? 'Choose at least one' : null}
      >
        {allTasks.map((task) => (
          <Checkbox key={task} value={task} label={task} mt="xs" />
        ))}
      </Checkbox.Group>
      <Textarea
        label="Attributes"
        description="One a line, such as customerId: C-104"
        rows={3}
        value={text}
        error={attributes === null ? 'One name: value a line' : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NumberInput label="Minutes until it expires" min={1} max={mostMinutes} value={minutes} onChange={setMinutes} />
    </FormDialog>
  );
}
