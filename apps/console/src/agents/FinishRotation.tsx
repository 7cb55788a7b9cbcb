import { useMutation } from '@apollo/client/react';
import type { CredentialPartsFragment } from '../gql/graphql.js';
import { ConvergingDialog } from '../live/ConvergingDialog.js';
import { Notice } from '../parts/Notice.js';
import { useNow } from '../parts/When.js';
import { revokeCredentialMutation } from './credentials.graphql.js';
import { finishVerdict } from './rotation.js';
import { verdictTexts } from './rotation-texts.js';

interface FinishRotationProps {
  readonly old: CredentialPartsFragment;
  readonly next: CredentialPartsFragment | null;
  readonly agent: string;
  readonly close: () => void;
}

/** Ends the old credential of a rotation: finished when it is dead at every server. */
export function FinishRotation({ old, next, agent, close }: FinishRotationProps) {
  const [revoke] = useMutation(revokeCredentialMutation);
  const verdict = finishVerdict(old, next, useNow());
  return (
    <ConvergingDialog
      title={`Finish the rotation of ${agent}`}
      act={`Revoke ${old.prefix}…`}
      recorded="Revocation recorded."
      refused={['Not finished', 'The old credential still works until its overlap ends.']}
      run={async () => (await revoke({ variables: { id: old.id } })).data?.revokeCredential.revision}
      close={close}
    >
      <p>The old credential {old.prefix}… is revoked for ever, and every token made with it is refused.</p>
      {verdict === 'silent' ? <p>{verdictTexts.silent}</p> : <Notice kind="caution" title={verdictTexts[verdict]} />}
    </ConvergingDialog>
  );
}
