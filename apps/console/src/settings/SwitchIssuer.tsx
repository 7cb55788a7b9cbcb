import { useMutation } from '@apollo/client/react';
import type { SubjectIssuerPartsFragment as Issuer } from '../gql/graphql.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { updateSubjectIssuerMutation } from './issuers.graphql.js';
import { issuerEndsTexts } from './issuer-texts.js';

/** Disables an issuer, or enables one that is disabled. */
export function SwitchIssuer({ issuer, close }: { readonly issuer: Issuer; readonly close: () => void }) {
  const { id, name, audience, jwksUri, enabled } = issuer;
  const [update, { loading, error }] = useMutation(updateSubjectIssuerMutation);
  const confirm = async () => {
    const input = { id, name, audience, jwksUri, enabled: !enabled };
    const answer = await update({ variables: { input } }).catch(() => null);
    if (answer?.data) close();
  };
  const verb = enabled ? 'Disable' : 'Enable';
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`${verb} issuer ${visibleString(id)}`}
      act={`${verb} issuer`}
      tone={enabled ? 'stop' : 'plain'}
      isWorking={loading}
      confirm={() => void confirm()}
    >
      {error ? <ProblemNote error={error} trying="Not changed" changed="The issuer is as it was." /> : null}
      {enabled ? (
        <ul>
          {issuerEndsTexts.map((text) => (
            <li key={text}>{text}</li>
          ))}
          <li>It can be enabled again, with everything else as it is.</li>
        </ul>
      ) : (
        <p>Agents can act for its users again, from the next exchange on.</p>
      )}
    </ConfirmDialog>
  );
}
