import { useMutation, useQuery } from '@apollo/client/react';
import { Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AgentSummaryFragment } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { peopleQuery, updateAgentMutation } from './agents.graphql.js';

interface EditAgentProps {
  readonly agent: Pick<AgentSummaryFragment, 'id' | 'name' | 'description' | 'owner' | 'tags'>;
  readonly close: () => void;
}

export function EditAgent({ agent: { id, name, description, ...rest }, close }: EditAgentProps) {
  const people = useQuery(peopleQuery, { fetchPolicy: 'cache-and-network' });
  const [update, { loading, error }] = useMutation(updateAgentMutation);
  const { values, field } = useFields({ name, description });
  const [owner, setOwner] = useState<string | null>(rest.owner?.id ?? null);
  const [tags, setTags] = useState<string[]>(rest.tags);
  const submit = async () => {
    // What is absent stays as it is: an agent is never left without an owner from here.
    const input = { id, ...values, tags, ...(owner === null ? {} : { owner }) };
    const answer = await update({ variables: { input } }).catch(() => null);
    if (answer?.data) close();
  };
  const owners = people.data?.people.map((person) => ({ value: person.id, label: visibleString(person.name) })) ?? [];
  return (
    <FormDialog title={`Edit ${visibleString(id)}`} act="Save agent" isWorking={loading} close={close} submit={submit}>
      {people.error ? <ProblemNote error={people.error} trying="The people could not be loaded" /> : null}
      {error ? <ProblemNote error={error} trying="Not saved" changed="Nothing changed." /> : null}
      <TextInput label="Name" required data-autofocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
      <Select label="Owner" data={owners} value={owner} onChange={setOwner} />
      <TagsInput label="Tags" description="Press Enter after each" value={tags} onChange={setTags} />
    </FormDialog>
  );
}
