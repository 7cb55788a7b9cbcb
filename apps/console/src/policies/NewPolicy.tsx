import { useMutation } from '@apollo/client/react';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { IdField } from '../parts/IdField.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { useFields } from '../parts/use-fields.js';
import { examplePolicy } from './example-policy.js';
import { savePolicyDraftMutation } from './policies.graphql.js';

interface NewPolicyProps {
  readonly environments: readonly { readonly id: string }[];
  readonly close: () => void;
}

export function NewPolicy({ environments, close }: NewPolicyProps) {
  const [save, { error, loading }] = useMutation(savePolicyDraftMutation);
  const { values, field } = useFields({ id: '', name: '' });
  const [environment, setEnvironment] = useState<string | null>(null);
  const navigate = useNavigate();
  const { at, isPlaced } = refusalsAt(error, ['id', 'name', 'environment'], { conflict: 'id', already_exists: 'id' });
  const submit = async () => {
    const input = { ...values, environment, text: examplePolicy, tests: [], basedOn: null };
    const answer = await save({ variables: { input } }).catch(() => null);
    if (answer?.data) void navigate(`/policies/${answer.data.savePolicyDraft.policy.id}/edit`);
  };
  return (
    <FormDialog title="Write a policy" act="Save draft" isWorking={loading} close={close} submit={submit}>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not saved" changed="No policy was made." />
      <IdField description="How decisions and files name it. It stays." error={at.id} {...field('id')} />
      <TextInput label="Name" required error={at.name} autoComplete="off" {...field('name')} />
      <Select
        label="Holds in"
        description="Fixed once it exists."
        error={at.environment}
        data={environments.map(({ id }) => id)}
        placeholder="every environment"
        clearable
        value={environment}
        onChange={setEnvironment}
      />
    </FormDialog>
  );
}
