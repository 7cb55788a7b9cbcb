import { useApolloClient, useMutation } from '@apollo/client/react';
import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { registerToolMutation } from './servers.graphql.js';

interface RegisterToolProps {
  readonly server: string;
  readonly tool: string;
  /** The hash of what was read: it is pinned to this and nothing else. */
  readonly definition: string;
  readonly close: () => void;
}

const usualClasses = ['read', 'write', 'payments', 'egress', 'destructive'];

export function RegisterTool({ server, tool, definition, close }: RegisterToolProps) {
  const client = useApolloClient();
  const [register, { loading, error }] = useMutation(registerToolMutation);
  const [classes, setClasses] = useState<string[]>([]);
  const submit = async () => {
    const answer = await register({
      variables: { input: { server, name: tool, classes, definition: definition || null } },
    }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['Server'] });
    close();
  };
  const act = `Register ${visibleString(tool)}`;
  return (
    <FormDialog title={act} act={act} isWorking={loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not registered" changed="Nothing changed." /> : null}
      <TagsInput
        label="Classes"
        description="What kind of work it does. Without a class it counts as destructive."
        data={usualClasses}
        value={classes}
        onChange={setClasses}
        data-autofocus
      />
    </FormDialog>
  );
}
