import { useApolloClient, useMutation } from '@apollo/client/react';
import type { SubjectIssuerPartsFragment as Issuer } from '../gql/graphql.js';
import { ConfirmDialog } from '../parts/ConfirmDialog.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { visibleString } from '../parts/visible-text.js';
import { issuerEndsTexts } from './issuer-texts.js';
import { removeSubjectIssuerMutation } from './issuers.graphql.js';

export function RemoveIssuer({ issuer, close }: { readonly issuer: Issuer; readonly close: () => void }) {
  const { id, enabled } = issuer;
  const client = useApolloClient();
  const [remove, { loading, error }] = useMutation(removeSubjectIssuerMutation);
  const confirm = async () => {
    const answer = await remove({ variables: { id } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['SubjectIssuers'] });
    close();
  };
  return (
    <ConfirmDialog
      isOpen
      close={close}
      title={`Remove issuer ${visibleString(id)}`}
      act="Remove issuer"
      isWorking={loading}
      confirm={() => void confirm()}
    >
      {error ? <ProblemNote error={error} trying="Not removed" changed="The issuer is as it was." /> : null}
      <ul>
        {enabled ? issuerEndsTexts.map((text) => <li key={text}>{text}</li>) : null}
        <li>
          Records keep its users’ names, such as <span className="mono">{visibleString(id)}:u-4471</span>. Do not give
          the id to another issuer: its users would get the names of these.
        </li>
      </ul>
      {enabled ? <p>To try first what it breaks, disable it: that can be taken back.</p> : null}
    </ConfirmDialog>
  );
}
