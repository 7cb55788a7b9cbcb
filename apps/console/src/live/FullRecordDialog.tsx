import { useMutation } from '@apollo/client/react';
import { Button, Modal } from '@mantine/core';
import type { DecisionRowFragment } from '../gql/graphql.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { openFullRecordMutation } from './full-record.graphql.js';
import { FullRecordView } from './FullRecordView.js';

interface FullRecordDialogProps {
  readonly row: DecisionRowFragment;
  readonly close: () => void;
}

/** Opening is an act of its own: that somebody read a record is written down. */
export function FullRecordDialog({ row, close }: FullRecordDialogProps) {
  const [open, { data, error, loading }] = useMutation(openFullRecordMutation, {
    variables: { position: row.position },
    fetchPolicy: 'no-cache',
  });
  const record = data?.openFullRecord.record;
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      transitionProps={{ duration: 0 }}
      title={
        <span tabIndex={-1} data-autofocus>
          Full record of {visibleString(row.tool)}, called by {visibleString(row.agent)}
        </span>
      }
      closeButtonProps={{ 'aria-label': 'Close this dialog' }}
    >
      {record ? (
        <FullRecordView record={record} withheld={row.withheld} />
      ) : (
        <>
          <p>
            What the call was asked with, and what of its result left its server: never more than the agent had. It may
            hold personal data. That you read it is written down.
          </p>
          {error ? <ProblemNote error={error} trying="The record was not opened" changed="Nothing was read." /> : null}
          <Button className="tall" loading={loading} onClick={() => void open().catch(() => undefined)}>
            Open the record
          </Button>
        </>
      )}
    </Modal>
  );
}
