import { Autocomplete, Select } from '@mantine/core';
import type { GrantableQuery, Task } from '../gql/graphql.js';
import { Choices } from '../parts/Choices.js';
import { visibleString } from '../parts/visible-text.js';
import { environmentOf, type GrantDraft } from './grant-draft.js';
import styles from './AddGrant.module.css';

const tasks: readonly { value: Task; label: string }[] = [
  { value: 'lookup', label: 'lookup: reads' },
  { value: 'update', label: 'update: changes records' },
  { value: 'execute', label: 'execute: acts' },
];
const places = [
  { value: 'tool', label: 'One tool' },
  { value: 'class', label: 'Every tool of a class in one environment' },
] as const;

export type PlaceField = 'role' | 'environment' | 'toolId' | 'toolClass' | 'task';

interface GrantPlaceProps {
  readonly draft: GrantDraft;
  readonly known: GrantableQuery | undefined;
  readonly refused: Readonly<Partial<Record<PlaceField, string>>>;
  readonly set: (change: Partial<GrantDraft>) => void;
}

/** Role, tool or class, environment, and the task a token must cover. */
export function GrantPlace(props: GrantPlaceProps) {
  const { draft, known, refused, set } = props;
  return (
    <div className={styles['fields']}>
      <Select
        label="Role"
        required
        data={known?.roles.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? []}
        value={draft.role}
        error={refused.role}
        onChange={(role) => set({ role })}
      />
      <Select
        label="Task that the token must cover"
        allowDeselect={false}
        data={tasks}
        value={draft.task}
        error={refused.task}
        onChange={(task) => set({ task: task ?? 'lookup' })}
      />
      <Choices
        label="On what"
        choices={places}
        value={draft.isClass ? 'class' : 'tool'}
        setValue={(place) => set({ isClass: place === 'class' })}
      />
      {draft.isClass ? <ClassAndEnvironment {...props} /> : <OneTool {...props} />}
    </div>
  );
}

function OneTool({ draft, known, refused, set }: GrantPlaceProps) {
  const environment = environmentOf(draft, known);
  const tools = (known?.servers ?? []).map(({ id, environment: home, tools: of }) => ({
    group: `${visibleString(id)} in ${visibleString(home)}`,
    items: of.map((tool) => tool.id),
  }));
  return (
    <Select
      label="Tool"
      description={environment === null ? 'Its server says the environment' : `In ${visibleString(environment)}`}
      required
      searchable
      data={tools}
      value={draft.tool}
      error={refused.toolId ?? refused.environment}
      onChange={(tool) => set({ tool })}
    />
  );
}

function ClassAndEnvironment({ draft, known, refused, set }: GrantPlaceProps) {
  const tools = (known?.servers ?? []).flatMap((server) => server.tools);
  const classes = [...new Set(tools.flatMap((tool) => tool.classes))].sort();
  return (
    <>
      <Autocomplete
        label="Class"
        required
        data={classes.map(visibleString)}
        value={draft.toolClass}
        error={refused.toolClass ?? refused.toolId}
        onChange={(toolClass) => set({ toolClass })}
      />
      <Select
        label="Environment"
        required
        data={known?.environments.map(({ id }) => ({ value: id, label: visibleString(id) })) ?? []}
        value={draft.environment}
        error={refused.environment}
        onChange={(environment) => set({ environment })}
      />
    </>
  );
}
