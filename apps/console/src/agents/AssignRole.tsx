import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Button, Modal, Select } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { assignableQuery, assignRoleMutation } from './agents.graphql.js';
import styles from './CreateAgent.module.css';

export function AssignRole({ agent, close }: { readonly agent: string; readonly close: () => void }) {
  const client = useApolloClient();
  const known = useQuery(assignableQuery, { fetchPolicy: 'cache-and-network' });
  const [assign, { loading, error }] = useMutation(assignRoleMutation);
  const [role, setRole] = useState<string | null>(null);
  const [environment, setEnvironment] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const send = async () => {
    if (role === null || environment === null) return;
    const answer = await assign({ variables: { input: { agent, role, environment } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Agent'] });
    close();
  };
  return (
    <Modal
      opened onClose={close} title={`Assign a role to ${visibleString(agent)}`} centered transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close this dialog' }}
    >
      <form className={styles['form']} onSubmit={submit}>
        {known.error ? <ProblemNote error={known.error} trying="The roles could not be loaded" /> : null}
        {error ? <ProblemNote error={error} trying="Not assigned" changed="Nothing changed." /> : null}
        <Select label="Role" required data={optionsOf(known.data?.roles)} value={role} onChange={setRole} data-autofocus />
        <Select label="Environment" required data={optionsOf(known.data?.environments)} value={environment} onChange={setEnvironment} />
        <Button type="submit" className="tall" loading={loading}>
          Assign role
        </Button>
      </form>
    </Modal>
  );
}

function optionsOf(list: readonly { readonly id: string; readonly name: string }[] | undefined) {
  return list?.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? [];
}
