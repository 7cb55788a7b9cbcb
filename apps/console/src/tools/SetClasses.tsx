import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { visibleString } from '../parts/visible-text.js';
import { setToolClassesMutation } from './tools.graphql.js';
import styles from './tools.module.css';

interface SetClassesProps {
  readonly tool: string;
  readonly classes: readonly string[];
  readonly suggested: readonly { readonly name: string; readonly reasons: readonly string[] }[];
  readonly close: () => void;
}

const usualClasses = ['read', 'write', 'payments', 'egress', 'destructive'];

export function SetClasses({ tool, classes: before, suggested, close }: SetClassesProps) {
  const client = useApolloClient();
  const [set, { loading, error }] = useMutation(setToolClassesMutation);
  const [classes, setClasses] = useState<string[]>([...before]);
  const { at, isPlaced } = refusalsAt(error, ['classes']);
  const submit = async () => {
    const answer = await set({ variables: { input: { tool, classes } } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: 'active' });
    close();
  };
  const left = suggested.filter(({ name }) => !classes.includes(name));
  return (
    <FormDialog
      title={`Classes of ${visibleString(tool)}`}
      act="Save classes"
      isWorking={loading}
      close={close}
      submit={submit}
    >
      <FormProblem error={error} isPlaced={isPlaced} trying="Not saved" changed="Nothing changed." />
      {left.length > 0 ? (
        <ul className={styles['suggestions']} aria-label="Suggestions">
          {left.map(({ name, reasons }) => (
            <li key={name}>
              <Button size="compact-sm" variant="default" onClick={() => setClasses([...classes, name])}>
                Add {name}
              </Button>{' '}
              because {reasons.join(', and ')}
            </li>
          ))}
        </ul>
      ) : null}
      <TagsInput
        label="Classes"
        description="What kind of work it does. Grants, kill switches and postures go by class. Without one it counts as destructive."
        data={usualClasses}
        value={classes}
        onChange={setClasses}
        error={at.classes}
      />
    </FormDialog>
  );
}
