import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog } from '../parts/FormDialog.js';
import { IdField } from '../parts/IdField.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { createServerMutation, serverEnvironmentsQuery } from './servers.graphql.js';

/** Registers the server; its page then offers the join token that connects its guard. */
export function ConnectServer({ close }: { readonly close: () => void }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const known = useQuery(serverEnvironmentsQuery);
  const [create, { loading, error }] = useMutation(createServerMutation);
  const { values, field } = useFields({ id: '', name: '', resource: '' });
  const [environment, setEnvironment] = useState<string | null>(null);
  const submit = async () => {
    if (environment === null) return;
    const answer = await create({ variables: { input: { ...values, environment } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Servers'] });
    await navigate(`/servers/${encodeURIComponent(values.id)}`);
  };
  return (
    <FormDialog title="Connect server" act="Connect server" isWorking={loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not created" changed="Nothing changed." /> : null}
      <IdField description="For ever" {...field('id')} />
      <TextInput label="Name" required {...field('name')} />
      <Select
        label="Environment"
        description="A server belongs to one environment, for ever"
        required
        data={known.data?.environments.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? []}
        value={environment}
        onChange={setEnvironment}
      />
      <TextInput
        label="Resource"
        description="The address agents call, such as https://desk.example.com/mcp"
        type="url"
        required
        {...field('resource')}
      />
    </FormDialog>
  );
}
