import { useApolloClient, useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog } from '../parts/FormDialog.js';
import { IdField } from '../parts/IdField.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
import { usePerson } from '../shell/session.js';
import { createAgentMutation } from './agents.graphql.js';
import { OwnerField } from './OwnerField.js';
import { TagsField } from './TagsField.js';

export function CreateAgent({ close }: { readonly close: () => void }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const person = usePerson();
  const [create, { loading, error }] = useMutation(createAgentMutation);
  const { values, field } = useFields({ id: '', name: '', description: '' });
  const [owner, setOwner] = useState<string | null>(person.id);
  const [tags, setTags] = useState<string[]>([]);
  const submit = async () => {
    const answer = await create({ variables: { input: { ...values, owner, tags } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Agents'] });
    await navigate(`/agents/${encodeURIComponent(values.id)}`);
  };
  return (
    <FormDialog title="Create agent" act="Create agent" isWorking={loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not created" changed="Nothing changed." /> : null}
      <IdField description="For ever; it is also the OAuth client id" {...field('id')} />
      <TextInput label="Name" required {...field('name')} />
      <TextInput label="Description" {...field('description')} />
      <OwnerField owner={owner} setOwner={setOwner} />
      <TagsField tags={tags} setTags={setTags} />
    </FormDialog>
  );
}
