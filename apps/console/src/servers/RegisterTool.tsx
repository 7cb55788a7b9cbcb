import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Modal, TagsInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import styles from './ConnectServer.module.css';
import { registerToolMutation } from './servers.graphql.js';

interface RegisterToolProps {
  readonly server: string;
  readonly tool: string;
  readonly close: () => void;
}

const usualClasses = ['read', 'write', 'payments', 'egress', 'destructive'];

export function RegisterTool({ server, tool, close }: RegisterToolProps) {
  const client = useApolloClient();
  const [register, { loading, error }] = useMutation(registerToolMutation);
  const [classes, setClasses] = useState<string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const send = async () => {
    const answer = await register({ variables: { input: { server, name: tool, classes } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Server'] });
    close();
  };
  return (
    <Modal
      opened onClose={close} title={`Register ${visibleString(tool)}`} centered transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close this dialog' }}
    >
      <form className={styles['form']} onSubmit={submit}>
        {error ? <ProblemNote error={error} trying="Not registered" changed="Nothing changed." /> : null}
        <TagsInput
          label="Classes" description="What kind of work it does. Without a class it counts as destructive." data={usualClasses}
          value={classes} onChange={setClasses} clearable={false} data-autofocus
        />
        <Button type="submit" className="tall" loading={loading}>
          Register {visibleString(tool)}
        </Button>
      </form>
    </Modal>
  );
}
