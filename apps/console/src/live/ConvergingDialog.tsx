import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog, type ConfirmTone } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { ConvergenceOf } from './ConvergenceLine.js';

interface ConvergingDialogProps {
  readonly title: string;
  /** Verb and object. */
  readonly act: string;
  readonly tone?: ConfirmTone;
  /** Said once it is in the change log, such as "Revocation recorded." */
  readonly recorded: string;
  /** Said when it was refused: what was not done, and what therefore still holds. */
  readonly refused: readonly [trying: string, changed: string];
  /** Answers with the revision of the change. */
  readonly run: () => Promise<number | undefined>;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A confirmed act on authority. The dialog stays after the act: it is finished when the servers have applied it. */
export function ConvergingDialog(props: ConvergingDialogProps) {
  const { title, act, tone, recorded, refused, close, children } = props;
  const { revision, error, isWorking, confirm } = useConfirmed(props.run);
  const done =
    revision === null ? undefined : (
      <>
        <p role="status">{recorded}</p>
        <ConvergenceOf revision={revision} />
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
      {...(tone ? { tone } : {})}
      isWorking={isWorking}
      confirm={() => void confirm()}
      done={done}
    >
      {error === null ? null : <ProblemNote error={error} trying={refused[0]} changed={refused[1]} />}
      {revision === null ? children : null}
    </ConfirmDialog>
  );
}

function useConfirmed(run: () => Promise<number | undefined>) {
  const client = useApolloClient();
  const [revision, setRevision] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);
  const confirm = async () => {
    setWorking(true);
    setError(null);
    try {
      setRevision((await run()) ?? null);
      void client.refetchQueries({ include: 'active' });
    } catch (cause) {
      setError(cause);
    } finally {
      setWorking(false);
    }
  };
  return { revision, error, isWorking, confirm };
}
