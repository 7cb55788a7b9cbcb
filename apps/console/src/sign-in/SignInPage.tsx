import { useMutation } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { rememberCsrf } from '../live/csrf.js';
import { Notice } from '../parts/Notice.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { GatePage } from '../shell/GatePage.js';
import { safeNext } from '../shell/next-page.js';
import { useSession } from '../shell/session.js';
import { signInMutation } from './sign-in.graphql.js';

export function SignInPage() {
  const session = useSession();
  const [search] = useSearchParams();
  const [signIn, { loading, error }] = useMutation(signInMutation);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  if (session.data?.me) return <Navigate to={safeNext(search.get('next'))} replace />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter();
  };
  const enter = async () => {
    const answer = await signIn({ variables: { input: { email, password } } }).catch(() => null);
    setPassword('');
    if (!answer?.data) return;
    rememberCsrf(answer.data.signIn.csrfToken);
    await session.refetch();
  };
  return (
    <GatePage title="Sign in">
      {session.data && !session.data.install.claimed ? <Unclaimed /> : null}
      {session.error ? <ProblemNote error={session.error} trying="The console could not reach its server" /> : null}
      {error ? <ProblemNote error={error} trying="Not signed in" /> : null}
      <form onSubmit={submit}>
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        />
        <Button type="submit" className="tall" loading={loading}>
          Sign in
        </Button>
      </form>
    </GatePage>
  );
}

function Unclaimed() {
  return (
    <Notice kind="caution" title="Nobody has claimed this install yet">
      <p>
        The control plane printed a one-time link beginning with <code>/claim#</code> when it started. Open it to become
        the first administrator.
      </p>
    </Notice>
  );
}
