import { useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import type { SubjectIssuerPartsFragment as Issuer } from '../gql/graphql.js';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { useFields } from '../parts/use-fields.js';
import { visibleString } from '../parts/visible-text.js';
import { IssuerFields } from './IssuerFields.js';
import { updateSubjectIssuerMutation } from './issuers.graphql.js';

const names = ['name', 'audience', 'jwksUri'] as const;

export function EditIssuer({ issuer, close }: { readonly issuer: Issuer; readonly close: () => void }) {
  const { id, enabled, name, audience, jwksUri } = issuer;
  const [update, { loading, error }] = useMutation(updateSubjectIssuerMutation);
  const { values, field } = useFields({ name, audience, jwksUri: jwksUri ?? '' });
  const { at, isPlaced } = refusalsAt(error, names, { issuer_refused: 'jwksUri' });
  const submit = async () => {
    const input = { id, enabled, ...values, jwksUri: values.jwksUri.trim() || null };
    const answer = await update({ variables: { input } }).catch(() => null);
    if (answer?.data) close();
  };
  const title = `Edit issuer ${visibleString(id)}`;
  return (
    <FormDialog title={title} act="Save issuer" isWorking={loading} close={close} submit={submit}>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not saved" changed="The issuer is as it was." />
      <p className="dim">Its id and address stay: its users are named by them. To change those, add another issuer.</p>
      <TextInput label="Name" required data-autofocus error={at.name} {...field('name')} />
      <IssuerFields field={field} refused={at} />
    </FormDialog>
  );
}
