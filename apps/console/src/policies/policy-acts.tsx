import { useMutation } from '@apollo/client/react';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { visibleString } from '../parts/visible-text.js';
import { publishPolicyMutation, retirePolicyMutation, revertPolicyMutation } from './policies.graphql.js';

interface VersionAct {
  readonly id: string;
  readonly version: number;
  /** The version in force, if any. */
  readonly live: number | null;
  readonly close: () => void;
}

export function PublishPolicy({ id, version, live, close }: VersionAct) {
  const [publish] = useMutation(publishPolicyMutation);
  return (
    <ConvergingDialog
      title={`Publish version ${version} of ${visibleString(id)}`}
      act={`Publish version ${version}`}
      recorded="Publication recorded."
      refused={['Not published', live === null ? 'No guard asks it.' : `Version ${live} stays in force.`]}
      run={async () => (await publish({ variables: { input: { id, version } } })).data?.publishPolicy.revision}
      close={close}
    >
      <p>From then on guards ask it about every call in its place; calls in flight that it forbids are aborted.</p>
      {live === null ? null : (
        <p>
          It takes the place of version {live}. What that one forbade and this one does not is decided without it: such
          a change widens.
        </p>
      )}
    </ConvergingDialog>
  );
}

export function RevertPolicy({ id, version, live, close }: VersionAct) {
  const [revert] = useMutation(revertPolicyMutation);
  return (
    <ConvergingDialog
      title={`Bring back version ${version} of ${visibleString(id)}`}
      act={`Publish the text of version ${version}`}
      recorded="Recorded as a new version."
      refused={['Not brought back', live === null ? 'No guard asks it.' : `Version ${live} stays in force.`]}
      run={async () => (await revert({ variables: { input: { id, version } } })).data?.revertPolicy.revision}
      close={close}
    >
      <p>Its text and tests become the newest version and are published at once, under a new revision.</p>
      <p>What the version in force forbids and this one does not is decided without it: such a change widens.</p>
    </ConvergingDialog>
  );
}

export function RetirePolicy({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [retire] = useMutation(retirePolicyMutation);
  return (
    <ConvergingDialog
      title={`Retire policy ${visibleString(id)}`}
      act="Retire it"
      recorded="Retirement recorded."
      refused={['Not retired', 'It stays as it was.']}
      run={async () => (await retire({ variables: { id } })).data?.retirePolicy.revision}
      close={close}
    >
      <p>One way: what it forbade or held is decided without it from then on. Its versions can still be read.</p>
    </ConvergingDialog>
  );
}
