import { useMutation } from '@apollo/client/react';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { enforceEnvironmentMutation } from './environments.graphql.js';

export function EnforceEnvironment({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [enforce, { loading, error }] = useMutation(enforceEnvironmentMutation);
  const confirm = async () => {
    const answer = await enforce({ variables: { id } }).catch(() => null);
    if (answer?.data) close();
  };
  const title = `Enforce ${visibleString(id)}`;
  return (
    <ConfirmDialog isOpen close={close} title={title} act={title} isWorking={loading} confirm={() => void confirm()}>
      {error ? <ProblemNote error={error} trying="Not enforced" changed="It is observed as before." /> : null}
      <p>What no grant gives is refused from now on, and such calls that run at this moment are aborted.</p>
    </ConfirmDialog>
  );
}
