import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import type { ApiTokenRowFragment as ApiToken } from '../gql/graphql.js';
import { Accepted } from '../parts/Accepted.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { revokeApiTokenMutation } from './api-tokens.graphql.js';

interface RevokeApiTokenProps {
  readonly token: ApiToken;
  readonly refetch: () => Promise<unknown>;
  readonly close: () => void;
}

export function RevokeApiToken({ token, refetch, close }: RevokeApiTokenProps) {
  const { id, name, prefix, lastUsedAt } = token;
  const [revoke, { data, loading, error }] = useMutation(revokeApiTokenMutation);
  const confirm = async () => {
    const answer = await revoke({ variables: { id } }).catch(() => null);
    if (answer?.data) await refetch().catch(() => undefined);
  };
  const done = data ? (
    <>
      <Accepted revision={data.revokeApiToken.revision}>It is refused from the next request on.</Accepted>
      <Button className="tall" variant="default" mt="md" onClick={close}>
        Close
      </Button>
    </>
  ) : undefined;
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Revoke API token ${visibleString(name)}`}
      act={`Revoke ${visibleString(prefix)}…`}
      isWorking={loading}
      confirm={() => void confirm()}
      done={done}
    >
      {error ? <ProblemNote error={error} trying="Not revoked" changed="The token still works." /> : null}
      {data ? null : (
        <>
          <p>Revoking is final. Every script that sends it is refused from its next request on.</p>
          <p>
            Last used: {lastUsedAt === null ? 'never' : <When at={lastUsedAt} />}. What was done with it stays as it is.
          </p>
        </>
      )}
    </ConfirmDialog>
  );
}
