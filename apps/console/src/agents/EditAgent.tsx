import { useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { renameAgentMutation } from './agents.graphql.js';

interface EditAgentProps {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly close: () => void;
}

export function EditAgent({ id, name, description, close }: EditAgentProps) {
  const [rename, { loading, error }] = useMutation(renameAgentMutation);
  const { values, field } = useFields({ name, description });
  const submit = async () => {
    const answer = await rename({ variables: { input: { id, ...values } } }).catch(() => null);
    if (answer?.data) close();
  };
  return (
    <FormDialog title={`Edit ${visibleString(id)}`} act="Save agent" isWorking={loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not saved" changed="Nothing changed." /> : null}
      <TextInput label="Name" required data-autofocus {...field('name')} />
      <TextInput label="Description" {...field('description')} />
    </FormDialog>
  );
}
