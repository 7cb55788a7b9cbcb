import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { ActButton } from '../parts/ActButton.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { ShownOnceDialog } from '../parts/ShownOnceDialog.js';
import { Snippet } from '../parts/Snippet.js';
import { exactTime } from '../parts/When.js';
import { createJoinTokenMutation } from './servers.graphql.js';

const validSeconds = 3_600;

/** A join token, shown once, with the three lines that put a guard in front of the server. */
export function JoinToken({ server }: { readonly server: string }) {
  const [create, { loading, error, reset }] = useMutation(createJoinTokenMutation, { fetchPolicy: 'no-cache' });
  const [made, setMade] = useState<{ readonly joinToken: string; readonly expiresAt: number } | null>(null);
  const start = async () => {
    const answer = await create({ variables: { input: { server, expiresInSeconds: validSeconds } } }).catch(() => null);
    if (!answer?.data) return;
    const { joinToken, expiresAt } = answer.data.createJoinToken;
    reset();
    setMade({ joinToken, expiresAt });
  };
  return (
    <>
      {error ? <ProblemNote error={error} trying="No join token was made" changed="Nothing changed." /> : null}
      <ActButton needs="servers:write" size="compact-sm" loading={loading} onClick={() => void start()}>
        Connect a guard
      </ActButton>
      {made ? (
        <ShownOnceDialog
          title={`Join token of ${server}`}
          secret={made.joinToken}
          secretName="Join token"
          close={() => setMade(null)}
          download={{ name: `${server}-join.env`, text: `PORTCULLIS_JOIN=${made.joinToken}\n` }}
        >
          <p>
            For one guard of this server, until {exactTime(made.expiresAt)}. Set it as <code>PORTCULLIS_JOIN</code>{' '}
            where the server runs, and put three lines into its code. This page shows the guard as soon as it reports.
          </p>
          <Snippet title="Three lines" text={threeLines} />
        </ShownOnceDialog>
      ) : null}
    </>
  );
}

const guardAddress = `${location.protocol}//${location.hostname}:4001`;
const threeLines = `import { createGuard } from '@portcullis/mcp-guard/v1';
const guard = await createGuard({ url: '${guardAddress}', joinToken: process.env.PORTCULLIS_JOIN, state: './guard' });
app.all('/mcp', guard.protect(() => buildServer()));
`;
