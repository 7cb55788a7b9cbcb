import { useMutation } from '@apollo/client/react';
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CreateApiTokenMutation } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { createApiTokenMutation } from './api-tokens.graphql.js';

export type MadeToken = CreateApiTokenMutation['createApiToken'];

const names = ['name', 'days'] as const;
const standardDays = 90;
const mostDays = 365;

interface CreateApiTokenProps {
  readonly whenMade: (token: MadeToken) => void;
  readonly close: () => void;
}

export function CreateApiToken({ whenMade, close }: CreateApiTokenProps) {
  // A token must not enter the cache; the page holds it until the dialog that shows it is closed.
  const [create, { loading, error }] = useMutation(createApiTokenMutation, { fetchPolicy: 'no-cache' });
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | string>(standardDays);
  const { at, isPlaced } = refusalsAt(error, names, {});
  const submit = async () => {
    const answer = await create({ variables: { input: { name, days: Number(days) } } }).catch(() => null);
    if (answer?.data) whenMade(answer.data.createApiToken);
  };
  return (
    <FormDialog title="Create API token" act="Create API token" isWorking={loading} close={close} submit={submit}>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not created" changed="Nothing changed." />
      <p>Whoever holds it may do what you may do, except making another token. What it does is recorded as yours.</p>
      <TextInput
        label="Name"
        description="What it is for, such as policy in CI"
        required
        maxLength={200}
        data-autofocus
        value={name}
        error={at.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label="Days until it expires"
        description={`1 to ${mostDays}`}
        required
        min={1}
        max={mostDays}
        allowDecimal={false}
        value={days}
        error={at.days}
        onChange={setDays}
      />
    </FormDialog>
  );
}
