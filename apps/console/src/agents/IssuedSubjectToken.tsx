import { useQuery } from '@apollo/client/react';
import { tokenWords } from '@portcullis/contracts';
import type { ExchangePlacesQuery } from '../gql/graphql.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { ShownOnceDialog } from '../parts/ShownOnceDialog.js';
import { Snippet } from '../parts/Snippet.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import { exchangePlacesQuery } from './subject-token.graphql.js';

interface IssuedSubjectTokenProps {
  readonly agent: string;
  readonly token: string;
  readonly expiresAt: number;
  readonly close: () => void;
}

/** A subject token, shown once, and how the agent exchanges it (RFC 8693) for an access token that carries the person. */
export function IssuedSubjectToken({ agent, token, expiresAt, close }: IssuedSubjectTokenProps) {
  const { data, error } = useQuery(exchangePlacesQuery);
  return (
    <ShownOnceDialog
      title={`${visibleString(agent)} may act for you`}
      secret={token}
      secretName="Subject token"
      close={close}
    >
      <p>
        Hand it to {visibleString(agent)}. It ends <When at={expiresAt} />, used or not; tokens made with it end no
        later. A conversation that its host opens with it may go on for up to a day, until it is closed.
      </p>
      {error ? <ProblemNote error={error} trying="The example could not be made" /> : null}
      {data ? <Snippet title="curl" text={exchangeLine({ agent, token, ...placesIn(data) })} /> : null}
      <p className="dim">An agent that proves itself with a key sends its client assertion instead of -u.</p>
    </ShownOnceDialog>
  );
}

function placesIn({ tokenSettings, servers }: ExchangePlacesQuery) {
  return { tokenUrl: tokenSettings.tokenUrl, resource: servers[0]?.resource ?? 'RESOURCE-OF-THE-SERVER' };
}

interface Exchange {
  readonly agent: string;
  readonly token: string;
  readonly tokenUrl: string;
  readonly resource: string;
}

function exchangeLine({ agent, token, tokenUrl, resource }: Exchange): string {
  return [
    `curl -s -u '${agent}:CLIENT-SECRET' ${tokenUrl} \\`,
    `  -d grant_type=${tokenWords.exchangeGrant} \\`,
    `  -d subject_token=${token} \\`,
    `  -d subject_token_type=${tokenWords.jwt} \\`,
    `  -d resource=${resource}`,
  ].join('\n');
}
