import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { ProblemNote } from '../parts/ProblemNote.js';
import { createAgentMutation } from './agents.graphql.js';
import styles from './CreateAgent.module.css';

const idPattern = '[a-z0-9][a-z0-9\\-]{0,62}';

export function CreateAgent({ close }: { readonly close: () => void }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [create, { loading, error }] = useMutation(createAgentMutation);
  const [fields, setFields] = useState({ id: '', name: '', description: '' });
  const set = (field: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [field]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const send = async () => {
    const answer = await create({ variables: { input: fields } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Agents'] });
    await navigate(`/agents/${encodeURIComponent(fields.id)}`);
  };
  return (
    <Modal opened onClose={close} title="Create agent" centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close this dialog' }}>
      <form className={styles['form']} onSubmit={submit}>
        {error ? <ProblemNote error={error} trying="Not created" changed="Nothing changed." /> : null}
        <TextInput
          label="Id" description="For ever; it is also the OAuth client id. Lower-case letters, digits and hyphens." required
          pattern={idPattern} title="1 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit"
          value={fields.id} onChange={set('id')} data-autofocus autoComplete="off" spellCheck={false}
        />
        <TextInput label="Name" required value={fields.name} onChange={set('name')} />
        <TextInput label="Description" value={fields.description} onChange={set('description')} />
        <Button type="submit" className="tall" loading={loading}>
          Create agent
        </Button>
      </form>
    </Modal>
  );
}
