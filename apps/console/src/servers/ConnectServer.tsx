import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import styles from './ConnectServer.module.css';
import { createServerMutation, serverEnvironmentsQuery } from './servers.graphql.js';

const idPattern = '[a-z0-9][a-z0-9\\-]{0,62}';

/** Registers the server; its page then offers the join token that connects its guard. */
export function ConnectServer({ close }: { readonly close: () => void }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const known = useQuery(serverEnvironmentsQuery);
  const [create, { loading, error }] = useMutation(createServerMutation);
  const [fields, setFields] = useState({ id: '', name: '', resource: '' });
  const [environment, setEnvironment] = useState<string | null>(null);
  const set = (field: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [field]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const send = async () => {
    if (environment === null) return;
    const answer = await create({ variables: { input: { ...fields, environment } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Servers'] });
    await navigate(`/servers/${encodeURIComponent(fields.id)}`);
  };
  const environments = known.data?.environments.map(({ id, name }) => ({ value: id, label: visibleString(name) })) ?? [];
  return (
    <Modal opened onClose={close} title="Connect server" centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close this dialog' }}>
      <form className={styles['form']} onSubmit={submit}>
        {error ? <ProblemNote error={error} trying="Not created" changed="Nothing changed." /> : null}
        <TextInput
          label="Id" description="For ever. Lower-case letters, digits and hyphens." required pattern={idPattern}
          title="1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit" data-autofocus
          value={fields.id} onChange={set('id')} autoComplete="off" spellCheck={false}
        />
        <TextInput label="Name" required value={fields.name} onChange={set('name')} />
        <Select label="Environment" description="A server belongs to one environment, for ever" required data={environments} value={environment} onChange={setEnvironment} />
        <TextInput label="Resource" description="The address agents call, such as https://desk.example.com/mcp" type="url" required value={fields.resource} onChange={set('resource')} />
        <Button type="submit" className="tall" loading={loading}>
          Connect server
        </Button>
      </form>
    </Modal>
  );
}
