import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import type { DirectoryRowFragment as Directory } from '../gql/graphql.js';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { visibleString } from '../parts/visible-text.js';
import { retireDirectoryMutation } from './directories.graphql.js';

/** The end of a directory. While a grant names it the server refuses, and says which. */
export function RetireDirectory({ directory: { id, grants, retiredAt } }: { readonly directory: Directory }) {
  const [retire] = useMutation(retireDirectoryMutation);
  const [isAsking, setAsking] = useState(false);
  const name = visibleString(id);
  // The dialog outlives the act: it shows how far the servers have got with it.
  if (retiredAt !== null && !isAsking) return null;
  return (
    <Panel title="Retire">
      <p>
        Retiring is final: the id stays taken. A directory that a grant names cannot be retired; revoke these grants
        first.
      </p>
      {retiredAt === null ? (
        <ActButton needs="grants:write" variant="default" mt="xs" onClick={() => setAsking(true)}>
          Retire {name}…
        </ActButton>
      ) : null}
      {isAsking ? (
        <ConvergingDialog
          title={`Retire directory ${name}`}
          act={`Retire ${name}`}
          recorded="Retirement recorded."
          refused={['Not retired', 'The directory is as it was.']}
          run={async () => (await retire({ variables: { id } })).data?.retireDirectory.revision}
          close={() => setAsking(false)}
        >
          {grants === 0 ? (
            <p>No grant names it, so no call depends on it. Its entries stay readable here.</p>
          ) : (
            <p>
              {grants.toLocaleString()} {grants === 1 ? 'grant names' : 'grants name'} it, so it will be refused.
            </p>
          )}
        </ConvergingDialog>
      ) : null}
    </Panel>
  );
}
