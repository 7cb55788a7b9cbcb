import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../parts/FormDialog.js';
import { MomentField } from '../parts/MomentField.js';
import { momentOf } from '../parts/moment.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { assignableQuery, assignRoleMutation } from './agents.graphql.js';

export function AssignRole({ agent, close }: { readonly agent: string; readonly close: () => void }) {
  const client = useApolloClient();
  const known = useQuery(assignableQuery, { fetchPolicy: 'cache-and-network' });
  const [assign, { loading, error }] = useMutation(assignRoleMutation);
  const [role, setRole] = useState<string | null>(null);
  const [environment, setEnvironment] = useState<string | null>(null);
  const { values, field } = useFields({ notBefore: '', notAfter: '' });
  const submit = async () => {
    if (role === null || environment === null) return;
    const window = { notBefore: momentOf(values.notBefore), notAfter: momentOf(values.notAfter) };
    const answer = await assign({ variables: { input: { agent, role, environment, ...window } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Agent'] });
    close();
  };
  const title = `Assign a role to ${visibleString(agent)}`;
  return (
    <FormDialog title={title} act="Assign role" isWorking={loading} close={close} submit={submit}>
      {known.error ? <ProblemNote error={known.error} trying="The roles could not be loaded" /> : null}
      {error ? <ProblemNote error={error} trying="Not assigned" changed="Nothing changed." /> : null}
      <Select label="Role" required data={optionsOf(known.data?.roles)} value={role} onChange={setRole} />
      <Select
        label="Environment"
        required
        data={optionsOf(known.data?.environments)}
        value={environment}
        onChange={setEnvironment}
      />
      <MomentField label="From" description="Empty: at once" {...field('notBefore')} />
      <MomentField
        label="Until"
        description="Empty: until somebody removes it. It ends by itself, also at a server that is cut off"
        {...field('notAfter')}
      />
    </FormDialog>
  );
}

function optionsOf(list: readonly { readonly id: string; readonly name: string }[] | undefined) {
  return list?.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? [];
}
