import { useMutation } from '@apollo/client/react';
import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { AgentRotationPolicyFragment } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { removeRotationPolicyMutation, setRotationPolicyMutation } from './agents.graphql.js';

interface RotationPolicyFormProps {
  readonly agent: string;
  readonly policy: AgentRotationPolicyFragment['rotationPolicy'];
  readonly close: () => void;
}

const day = 86_400;
const standard = { intervalSeconds: 30 * day, overlapSeconds: 900, warnSeconds: day };

export function RotationPolicyForm({ agent, policy, close }: RotationPolicyFormProps) {
  const [set, setting] = useMutation(setRotationPolicyMutation);
  const [remove, removing] = useMutation(removeRotationPolicyMutation);
  const first = policy ?? standard;
  const [days, setDays] = useState<number | string>(first.intervalSeconds / day);
  const [minutes, setMinutes] = useState<number | string>(first.overlapSeconds / 60);
  const [hours, setHours] = useState<number | string>(first.warnSeconds / 3_600);
  const submit = async () => {
    const input = {
      agent,
      intervalSeconds: Math.round(Number(days) * day),
      overlapSeconds: Math.round(Number(minutes) * 60),
      warnSeconds: Math.round(Number(hours) * 3_600),
    };
    if ((await set({ variables: { input } }).catch(() => null))?.data) close();
  };
  const takeAway = async () => {
    if ((await remove({ variables: { agent } }).catch(() => null))?.data) close();
  };
  const error = setting.error ?? removing.error;
  const title = `Rotation policy of ${visibleString(agent)}`;
  return (
    <FormDialog title={title} act="Save policy" isWorking={setting.loading} close={close} submit={submit}>
      {error ? <ProblemNote error={error} trying="Not saved" changed="Nothing changed." /> : null}
      <NumberInput label="Rotate every (days)" required min={0} value={days} onChange={setDays} />
      <NumberInput label="Overlap (minutes)" required min={0} max={1_440} value={minutes} onChange={setMinutes} />
      <NumberInput label="Warn before (hours)" required min={0} value={hours} onChange={setHours} />
      {policy ? (
        <Button variant="default" loading={removing.loading} onClick={() => void takeAway()}>
          Remove the policy
        </Button>
      ) : null}
    </FormDialog>
  );
}
