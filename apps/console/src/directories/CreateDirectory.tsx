import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CreateDirectoryMutation, IdentityForm } from '../gql/graphql.js';
import { Accepted } from '../parts/Accepted.js';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { IdField } from '../parts/IdField.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { createDirectoryMutation } from './directories.graphql.js';
import { formTexts } from './form-texts.js';

const names = ['id', 'name', 'environment', 'holds'] as const;
const forms: readonly IdentityForm[] = ['email', 'account', 'phone', 'url', 'text'];

interface CreateDirectoryProps {
  readonly environments: readonly string[];
  readonly close: () => void;
}

/** Begins empty; its page, which opens then, fills it. */
export function CreateDirectory({ environments, close }: CreateDirectoryProps) {
  const client = useApolloClient();
  const [create, { data, loading, error }] = useMutation(createDirectoryMutation);
  const { values, field } = useFields({ id: '', name: '' });
  const [environment, setEnvironment] = useState(environments[0] ?? '');
  const [holds, setHolds] = useState<IdentityForm>('email');
  const { at, isPlaced } = refusalsAt(error, names, { already_exists: 'id', not_found: 'environment' });
  const submit = async () => {
    const answer = await create({ variables: { input: { ...values, environment, holds } } }).catch(() => null);
    if (answer?.data) await client.refetchQueries({ include: ['Directories'] });
  };
  const title = 'Create directory';
  return (
    <FormDialog
      {...{ title, close, submit }}
      act={title}
      isWorking={loading}
      done={data ? <Created made={data.createDirectory} /> : undefined}
    >
      <FormProblem error={error} isPlaced={isPlaced} trying="Not created" changed="Nothing changed." />
      <IdField description="Grants name it by this, for ever" error={at.id} {...field('id')} />
      <TextInput label="Name" required maxLength={200} error={at.name} {...field('name')} />
      <Select
        label="Environment"
        description="Only grants there can name it"
        required
        allowDeselect={false}
        data={environments.map((id) => ({ value: id, label: visibleString(id) }))}
        value={environment}
        error={at.environment}
        onChange={(chosen) => setEnvironment(chosen ?? environment)}
      />
      <Select
        label="Holds"
        description="Decides how two ways of writing the same one are told to be the same"
        required
        allowDeselect={false}
        data={forms.map((form) => ({ value: form, label: formTexts[form].holds }))}
        value={holds}
        error={at.holds}
        onChange={(chosen) => setHolds(forms.find((form) => form === chosen) ?? holds)}
      />
    </FormDialog>
  );
}

function Created({ made: { revision, directory } }: { readonly made: CreateDirectoryMutation['createDirectory'] }) {
  return (
    <>
      <Accepted revision={revision}>It is empty: whoever names it allows nobody yet.</Accepted>
      <Button component={Link} to={`/directories/${encodeURIComponent(directory.id)}`} className="tall" mt="md">
        Fill {visibleString(directory.id)}
      </Button>
    </>
  );
}
