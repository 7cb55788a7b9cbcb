import { useMutation } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Link, Navigate } from 'react-router';
import { rememberCsrf } from '../live/csrf.js';
import { Notice } from '../parts/Notice.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { GatePage } from '../shell/GatePage.js';
import { useSession } from '../shell/session.js';
import { claimToken } from './claim-token.js';
import { claimInstallMutation } from './claim.graphql.js';

const shortestPassword = 12;

export function ClaimPage() {
  const session = useSession();
  const token = claimToken();
  if (session.data?.me) return <Navigate to="/overview" replace />;
  return (
    <GatePage title="Claim this install">
      {session.data?.install.claimed ? (
        <Notice kind="caution" title="This install is claimed already">
          <p>
            <Link to="/sign-in">Sign in</Link> instead.
          </p>
        </Notice>
      ) : token === null ? (
        <Notice kind="caution" title="The link is not complete">
          <p>
            Open the whole link that the control plane printed when it started, with everything after <code>#</code>.
          </p>
        </Notice>
      ) : (
        <ClaimForm token={token} whenClaimed={() => session.refetch()} />
      )}
    </GatePage>
  );
}

function ClaimForm({ token, whenClaimed }: { readonly token: string; readonly whenClaimed: () => Promise<unknown> }) {
  const [claim, { loading, error }] = useMutation(claimInstallMutation);
  const [fields, setFields] = useState({ email: '', name: '', password: '' });
  const set = (field: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((before) => ({ ...before, [field]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    claim({ variables: { input: { token, ...fields } } }).then(
      ({ data }) => {
        if (!data) return;
        rememberCsrf(data.claimInstall.csrfToken);
        void whenClaimed();
      },
      () => undefined,
    );
  };
  return (
    <>
      <p>You become the first administrator. The link works once.</p>
      {error ? <ProblemNote error={error} trying="Not claimed" changed="Nothing changed." /> : null}
      <form onSubmit={submit}>
        <TextInput label="E-mail" type="email" name="email" autoComplete="username" required autoFocus value={fields.email} onChange={set('email')} />
        <TextInput label="Name" description="As others will see it in the record" name="name" autoComplete="name" required value={fields.name} onChange={set('name')} />
        <PasswordInput
          label="Password" description={`At least ${shortestPassword} characters. A password manager is welcome.`}
          name="password" autoComplete="new-password" required minLength={shortestPassword}
          value={fields.password} onChange={set('password')}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        />
        <Button type="submit" className="tall" loading={loading}>
          Claim install
        </Button>
      </form>
      <Notice kind="human" title="You will need a second person">
        <p>
          One person can stop an agent at any moment. Releasing a stop takes two, so that one stolen session can never undo it.
          Plan for a second administrator.
        </p>
      </Notice>
    </>
  );
}
