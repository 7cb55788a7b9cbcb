import { useQuery } from '@apollo/client/react';
import { Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { StopTargetsQuery } from '../gql/graphql.js';
import { visibleString } from '../parts/visible-text.js';
import type { StopAim, StopScope } from '../shell/kill-switch-opener.js';
import { stopTargetsQuery } from './kill-switch.graphql.js';

interface TargetChoiceProps {
  readonly aim: StopAim;
  readonly label: string;
  readonly choose: (target: string) => void;
}

const shownOptions = 50;
const freeText: Partial<Record<StopScope, string>> = {
  user: 'The agent’s id, a space, the user',
  conversation: 'The conversation’s id',
};

/** Offers what exists. When the list cannot be had, the id may be typed: a stop must not wait for a list. */
export function TargetChoice({ aim, label, choose }: TargetChoiceProps) {
  const { data, error } = useQuery(stopTargetsQuery, { fetchPolicy: 'no-cache' });
  const options = useMemo(() => (data ? optionsOf(aim, data) : []), [aim, data]);
  const hint = freeText[aim.scope] ?? (!data && error ? 'The list could not be loaded: type the id' : undefined);
  if (hint !== undefined) {
    return (
      <TextInput
        aria-label={label}
        description={hint}
        value={aim.target}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    );
  }
  return (
    <Select
      aria-label={label}
      placeholder={`Choose: ${label.toLowerCase()}`}
      data={options}
      value={aim.target === '' ? null : aim.target}
      searchable
      limit={shownOptions}
      nothingFoundMessage="Nothing matches"
      maxDropdownHeight={240}
      comboboxProps={{ withinPortal: true }}
      onChange={(target) => choose(target ?? '')}
    />
  );
}

function optionsOf({ scope, target }: StopAim, data: StopTargetsQuery) {
  const options = known(scope, data);
  // The preselected object comes first even when the list has not caught up with it.
  return target === '' || options.some((option) => option.value === target)
    ? options
    : [{ value: target, label: visibleString(target) }, ...options];
}

function known(scope: StopScope, { agents, servers, environments, roles }: StopTargetsQuery) {
  const named = (list: readonly { readonly id: string; readonly name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: visibleString(name === id ? id : `${id} · ${name}`) }));
  const tools = servers.flatMap((server) => server.tools);
  switch (scope) {
    case 'agent':
      return named(agents);
    case 'server':
      return named(servers);
    case 'environment':
      return named(environments);
    case 'role':
      return named(roles);
    case 'tool':
      return tools.map(({ id }) => ({ value: id, label: visibleString(id) }));
    case 'tool_class':
      return [...new Set(['destructive', ...tools.flatMap((tool) => tool.classes)])]
        .sort()
        .map((name) => ({ value: name, label: visibleString(name) }));
    default:
      return [];
  }
}
