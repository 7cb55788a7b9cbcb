import { useMutation } from '@apollo/client/react';
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { Notice } from '../parts/Notice.js';
import { retireCredentialMutation } from './credentials.graphql.js';

interface RetireCredentialProps {
  readonly id: string;
  readonly prefix: string;
  readonly agent: string;
  readonly close: () => void;
}

const standardMinutes = 15;
const mostMinutes = 1_440;
const usualTokenMinutes = 5;

export function RetireCredential({ id, prefix, agent, close }: RetireCredentialProps) {
  const [retire] = useMutation(retireCredentialMutation);
  const [minutes, setMinutes] = useState<number | string>(standardMinutes);
  const overlap = Math.min(mostMinutes, Math.max(0, Number(minutes) || 0));
  const variables = { id, overlapSeconds: Math.round(overlap * 60) };
  return (
    <ConvergingDialog
      title={`Retire credential ${prefix}… of ${agent}`}
      act={`Retire ${prefix}…`}
      recorded="Retirement recorded."
      refused={['Not retired', 'The credential is as it was.']}
      run={async () => (await retire({ variables })).data?.retireCredential.revision}
      close={close}
    >
      <p>Both credentials work through the overlap. When it is over, the old one and every token made with it end.</p>
      <NumberInput
        label="Overlap in minutes"
        description="0 to 1,440 (one day)"
        min={0}
        max={mostMinutes}
        clampBehavior="strict"
        value={minutes}
        onChange={setMinutes}
      />
      {overlap < usualTokenMinutes ? (
        <Notice kind="caution" title="An overlap shorter than the life of a token ends tokens in hand">
          <p>Calls with tokens made by this credential are refused when the overlap ends, their time used up or not.</p>
        </Notice>
      ) : null}
    </ConvergingDialog>
  );
}
