import { NumberInput, Select, TextInput } from '@mantine/core';
import type { Task } from '../gql/graphql.js';
import { visibleString } from '../parts/visible-text.js';
import styles from './AddGrant.module.css';
import { tasksUpTo, type Conversation, type WideningBeingWritten } from './use-widen-form.js';

const mostMinutes = 1_440;

interface WidenFieldsProps {
  readonly conversation: Conversation;
  readonly widening: WideningBeingWritten;
}

export function WidenFields({ conversation, widening }: WidenFieldsProps) {
  const { draft, servers, roles, role, environment, refused, set } = widening;
  const tasks = tasksUpTo(conversation.tasks);
  return (
    <div className={styles['fields']}>
      <Select
        label="Tool"
        description={toolHint(environment, servers.length)}
        required
        searchable
        data={servers.map(({ id, environment: home, tools }) => ({
          group: `${visibleString(id)} in ${visibleString(home)}`,
          items: tools.map((tool) => tool.id),
        }))}
        value={draft.toolId}
        error={refused.toolId}
        onChange={(toolId) => set({ toolId })}
      />
      <Select
        label="Task that the token must cover"
        description="Only what the conversation was opened for"
        allowDeselect={false}
        data={[...tasks]}
        value={draft.task}
        error={refused.task}
        onChange={(chosen) => set({ task: tasks.find((task): task is Task => task === chosen) ?? draft.task })}
      />
      <Select
        label="Role"
        description={roles.length === 0 ? 'Choose a tool first' : 'Held by the agent where the tool is'}
        allowDeselect={false}
        disabled={roles.length === 0}
        data={roles.map((id) => ({ value: id, label: visibleString(id) }))}
        value={role}
        error={refused.role}
        onChange={(chosen) => set({ role: chosen })}
      />
      <NumberInput
        label="Minutes"
        description={`1 to ${mostMinutes.toLocaleString()}, a day; it ends with the conversation at the latest`}
        required
        min={1}
        max={mostMinutes}
        allowDecimal={false}
        value={draft.minutes}
        error={refused.minutes}
        onChange={(minutes) => set({ minutes })}
      />
      <TextInput
        label="Reason"
        description="Stands in the list of widenings and in the record"
        required
        maxLength={500}
        value={draft.reason}
        error={refused.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </div>
  );
}

function toolHint(environment: string | null, servers: number): string {
  if (environment !== null) return `In ${visibleString(environment)}`;
  return servers === 0 ? 'Its agent holds no role where a server is; assign one first' : 'Where its agent holds a role';
}
