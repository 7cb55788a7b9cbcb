import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog, type ConfirmTone } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';

interface KeyActDialogProps {
  readonly title: string;
  readonly act: string;
  readonly tone: ConfirmTone;
  /** Said when it was refused: what was not done, and what therefore still holds. */
  readonly refused: readonly [trying: string, changed: string];
  /** Said once it is recorded: how it reaches the guards. They learn of keys without a revision, so there is no line to show. */
  readonly recorded: ReactNode;
  readonly run: () => Promise<unknown>;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A confirmed act on a signing key; the dialog stays until the person has read what comes of it. */
export function KeyActDialog(props: KeyActDialogProps) {
  const { title, act, tone, refused, recorded, run, close, children } = props;
  const client = useApolloClient();
  const [state, setState] = useState<'asking' | 'working' | 'done'>('asking');
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setState('working');
    setError(null);
    try {
      await run();
      setState('done');
      void client.refetchQueries({ include: ['TokenSettings'] });
    } catch (cause) {
      setError(cause);
      setState('asking');
    }
  };
  const done = (
    <>
      <p role="status">{recorded}</p>
      <Button className="tall" variant="default" mt="md" onClick={close}>
        Close
      </Button>
    </>
  );
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={title}
      act={act}
      tone={tone}
      isWorking={state === 'working'}
      confirm={() => void confirm()}
      {...(state === 'done' ? { done } : {})}
    >
      {error === null ? null : <ProblemNote error={error} trying={refused[0]} changed={refused[1]} />}
      {state === 'done' ? null : children}
    </ConfirmDialog>
  );
}
