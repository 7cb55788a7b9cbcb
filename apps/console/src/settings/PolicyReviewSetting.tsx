import { useMutation } from '@apollo/client/react';
import { ActButton } from '../parts/ActButton.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { StateMark } from '../parts/StateMark.js';
import { visibleString } from '../parts/visible-text.js';
import { setPolicyReviewMutation } from './environments.graphql.js';
import styles from './settings.module.css';

interface ReviewCellProps {
  readonly environment: string;
  readonly isRequired: boolean;
  readonly ask: () => void;
}

/** Who has to approve a policy of the environment before it is published. */
export function ReviewCell({ environment, isRequired, ask }: ReviewCellProps) {
  return (
    <span className={styles['acts']}>
      {isRequired ? (
        <StateMark kind="human">a second person approves</StateMark>
      ) : (
        <StateMark kind="off">published by one person</StateMark>
      )}
      <ActButton needs="policies:write" size="compact-sm" variant="default" onClick={ask}>
        {actOf(environment, isRequired)}
      </ActButton>
    </span>
  );
}

function actOf(environment: string, isRequired: boolean): string {
  return `${isRequired ? 'End reviews in' : 'Require reviews in'} ${visibleString(environment)}`;
}

interface SetPolicyReviewProps extends Omit<ReviewCellProps, 'ask'> {
  readonly close: () => void;
}

export function SetPolicyReview({ environment, isRequired, close }: SetPolicyReviewProps) {
  const [set, { loading, error }] = useMutation(setPolicyReviewMutation, {
    refetchQueries: ['Environments'],
    awaitRefetchQueries: true,
  });
  const confirm = async () => {
    const input = { environment, required: !isRequired };
    const answer = await set({ variables: { input } }).catch(() => null);
    if (answer?.data) close();
  };
  const title = actOf(environment, isRequired);
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={title}
      act={title}
      tone="plain"
      isWorking={loading}
      confirm={() => void confirm()}
    >
      {error ? <ProblemNote error={error} trying="Not changed" changed="Policies are published as before." /> : null}
      {isRequired ? (
        <p>Whoever may write policies publishes alone from now on what they wrote themselves.</p>
      ) : (
        <p>
          A policy that holds there, or everywhere, is published only once somebody else than its author has approved
          that version. What is published already stays.
        </p>
      )}
    </ConfirmDialog>
  );
}
