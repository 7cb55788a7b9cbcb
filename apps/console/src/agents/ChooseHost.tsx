import { useMutation, useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { possibleHostsQuery, setAgentHostMutation } from './agents.graphql.js';

interface ChooseHostProps {
  readonly agent: string;
  readonly host: string | null;
  readonly close: () => void;
}

const mostOffered = 50;

export function ChooseHost({ agent, host, close }: ChooseHostProps) {
  const known = useQuery(possibleHostsQuery, { fetchPolicy: 'no-cache' });
  const [set, { loading, error }] = useMutation(setAgentHostMutation);
  const [chosen, setChosen] = useState(host);
  const submit = async () => {
    if (chosen === null) return;
    const answer = await set({ variables: { agent, host: chosen } }).catch(() => null);
    if (answer?.data) close();
  };
  const hosts = known.data?.agents.filter(({ id, status }) => id !== agent && status !== 'retired') ?? [];
  const title = `Host of ${visibleString(agent)}`;
  return (
    <FormDialog title={title} act="Save host" isWorking={loading} close={close} submit={submit}>
      {known.error ? <ProblemNote error={known.error} trying="The agents could not be loaded" /> : null}
      {error ? <ProblemNote error={error} trying="Not saved" changed="The host is as it was." /> : null}
      <p>
        The host is the service account of the application that people talk to. It may open conversations for{' '}
        {visibleString(agent)} and name any user in them: choose only what you trust with that.
      </p>
      <Select
        label="Host"
        description="Type to find it by id or name"
        required
        searchable
        nothingFoundMessage="No agent of that id or name"
        limit={mostOffered}
        data={hosts.map(({ id, name }) => ({ value: id, label: `${visibleString(name)} (${id})` }))}
        value={chosen}
        onChange={setChosen}
      />
    </FormDialog>
  );
}
