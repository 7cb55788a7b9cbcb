import { useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AgentSummaryFragment } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { updateAgentMutation } from './agents.graphql.js';
import { OwnerField } from './OwnerField.js';
import { TagsField } from './TagsField.js';

interface EditAgentProps {
  readonly agent: Pick<AgentSummaryFragment, 'id' | 'name' | 'description' | 'owner' | 'tags'>;
  readonly close: () => void;
}

export function EditAgent({ agent: { id, name, description, ...rest }, close }: EditAgentProps) {
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
  return (
    <FormDialog title={`Edit ${visibleString(id)}`} act="Save agent" isWorking={loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not saved" changed="Nothing changed." /> : null}
      <TextInput label="Name" required data-autofocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
      <OwnerField owner={owner} setOwner={setOwner} />
      <TagsField tags={tags} setTags={setTags} />
    </FormDialog>
  );
}
