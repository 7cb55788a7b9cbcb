import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import type { GrantCellFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { ConvergenceOf } from '../live/ConvergenceLine.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { previewedAccessFragment, revocationPreviewQuery, revokeGrantMutation } from './grants.graphql.js';
import { PreviewedAccess } from './PreviewedAccess.js';

interface RevokeGrantProps {
  readonly grant: GrantCellFragment;
  readonly close: () => void;
  readonly refetch: () => Promise<unknown>;
}

/** Revoking takes authority away, so the dialog stays until the servers have applied it. It never waits for the preview. */
export function RevokeGrant({ grant, close, refetch }: RevokeGrantProps) {
  const [revoke, { data, error, loading }] = useMutation(revokeGrantMutation);
  const preview = useQuery(revocationPreviewQuery, { variables: { id: grant.id }, fetchPolicy: 'no-cache' });
  const what = visibleString(grant.toolId ?? `class ${grant.toolClass ?? ''}`);
  const role = visibleString(grant.role);
  const confirm = async () => {
    const answer = await revoke({ variables: { id: grant.id } }).catch(() => null);
    if (answer?.data) await refetch().catch(() => undefined);
  };
  const done = data ? (
    <>
      <p role="status">Revocation recorded.</p>
      <ConvergenceOf revision={data.revokeGrant.revision} />
      <Button className="tall" variant="default" mt="md" onClick={close}>
        Close
      </Button>
    </>
  ) : undefined;
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Revoke ${what} in ${visibleString(grant.environment)} from role ${role}`}
      act={`Revoke ${what}`}
      isWorking={loading}
      confirm={() => void confirm()}
      done={done}
    >
      {error ? <ProblemNote error={error} trying="Not revoked" changed="The grant still gives." /> : null}
      {data ? null : (
        <>
          <p>
            Every agent with role {role} loses it; calls in flight that rest on it are aborted. It can be granted anew.
          </p>
          {preview.data ? (
            <PreviewedAccess preview={unmask(previewedAccessFragment, preview.data.revocationPreview)} />
          ) : null}
          {preview.error ? <ProblemNote error={preview.error} trying="What it would change is not known" /> : null}
        </>
      )}
    </ConfirmDialog>
  );
}
