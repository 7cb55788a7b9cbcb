import { useApolloClient, useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { FormDialog } from '../parts/FormDialog.js';
import { FormProblem } from '../parts/FormProblem.js';
import { IdField } from '../parts/IdField.js';
import { refusalsAt } from '../parts/refusals-at.js';
import { useFields } from '../parts/use-fields.js';
import { IssuerFields } from './IssuerFields.js';
import { createSubjectIssuerMutation } from './issuers.graphql.js';

const names = ['id', 'name', 'issuer', 'audience', 'jwksUri'] as const;

export function CreateIssuer({ close }: { readonly close: () => void }) {
  const client = useApolloClient();
  const [create, { loading, error }] = useMutation(createSubjectIssuerMutation);
  const { values, field } = useFields({ id: '', name: '', issuer: '', audience: '', jwksUri: '' });
  const { at, isPlaced } = refusalsAt(error, names, { already_exists: 'id', issuer_refused: 'issuer' });
  const submit = async () => {
    const input = { ...values, issuer: values.issuer.trim(), jwksUri: values.jwksUri.trim() || null };
    const answer = await create({ variables: { input } }).catch(() => null);
    if (!answer?.data) return;
    await client.refetchQueries({ include: ['SubjectIssuers'] });
    close();
  };
  return (
    <FormDialog title="Add issuer" act="Add issuer" isWorking={loading} close={close} submit={submit}>
      <FormProblem error={error} isPlaced={isPlaced} trying="Not added" changed="Nothing changed." />
      <p>Its keys are read once before it is added, so that a wrong address is found now and not at the first call.</p>
      <IdField
        description="For ever: its users are named id:user in tokens, policies and records"
        error={at.id}
        {...field('id')}
      />
      <TextInput label="Name" required error={at.name} {...field('name')} />
      <TextInput
        label="Issuer address"
        description="Exactly as its tokens carry it in iss, for example https://sso.example.com"
        required
        type="url"
        autoComplete="off"
        spellCheck={false}
        error={at.issuer}
        {...field('issuer')}
      />
      <IssuerFields field={field} refused={at} />
    </FormDialog>
  );
}
