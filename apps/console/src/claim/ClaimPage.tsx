import { useMutation } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { Link, Navigate } from 'react-router';
import { rememberCsrf } from '../live/csrf.js';
import { Notice } from '../parts/Notice.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { useFields } from '../parts/use-fields.js';
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
  const { values, field } = useFields({ email: '', name: '', password: '' });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await claim({ variables: { input: { token, ...values } } }).catch(() => null);
    if (!answer?.data) return;
    rememberCsrf(answer.data.claimInstall.csrfToken);
    await whenClaimed();
  };
  return (
    <>
      <p>You become the first administrator. The link works once.</p>
      {error ? <ProblemNote error={error} trying="Not claimed" changed="Nothing changed." /> : null}
      <form onSubmit={(event) => void submit(event)}>
        <TextInput label="E-mail" type="email" autoComplete="username" required autoFocus {...field('email')} />
        <TextInput
          label="Name"
          description="As others will see it in the record"
          autoComplete="name"
          required
          {...field('name')}
        />
        <PasswordInput
          label="Password"
          description={`At least ${shortestPassword} characters. A password manager is welcome.`}
          autoComplete="new-password"
          required
          minLength={shortestPassword}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          {...field('password')}
        />
        <Button type="submit" className="tall" loading={loading}>
          Claim install
        </Button>
      </form>
      <SecondPerson />
    </>
  );
}

function SecondPerson() {
  return (
    <Notice kind="human" title="You will need a second person">
      <p>
        One person can stop an agent at any moment. Releasing a stop takes two, so that one stolen session can never
        undo it. Plan for a second administrator.
      </p>
    </Notice>
  );
}
