import { useMutation } from '@apollo/client/react';
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { Notice } from '../parts/Notice.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { visibleString } from '../parts/visible-text.js';
import { observeEnvironmentMutation } from './environments.graphql.js';

const names = ['days', 'reason'] as const;
const longestDays = 30;

/** Says what will run before it does, and for how long. */
export function ObserveEnvironment({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [observe, { loading, error }] = useMutation(observeEnvironmentMutation);
  const [days, setDays] = useState<number | string>(7);
  const [reason, setReason] = useState('');
  const { at, isPlaced } = refusalsAt(error, names, {});
  const submit = async () => {
    const answer = await observe({ variables: { input: { id, days: Number(days), reason } } }).catch(() => null);
    if (answer?.data) close();
  };
  const title = `Observe ${visibleString(id)}`;
  return (
    <FormDialog title={title} act={title} isWorking={loading} close={close} submit={submit}>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not observed" changed="Rules are enforced as before." />
      <Notice kind="caution" title="What no grant gives will run">
        <p>
          Calls that grants, limits or policies deny are recorded as “would deny” and run. Kill switches, tokens, roles,
          changed tools and destructive tools are enforced as ever; a tool without a class counts as destructive.
        </p>
      </Notice>
      <NumberInput
        label="Days"
        description={`It ends by itself after that; at most ${longestDays}`}
        required
        min={1}
        max={longestDays}
        allowDecimal={false}
        value={days}
        onChange={setDays}
        error={at.days}
      />
      <TextInput
        label="Reason"
        description="Shown to everybody on every page while it lasts"
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={at.reason}
      />
    </FormDialog>
  );
}
