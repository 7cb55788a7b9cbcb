import { Accepted } from '../parts/Accepted.js';
import { ShownOnceDialog } from '../parts/ShownOnceDialog.js';
import { Snippet } from '../parts/Snippet.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import type { MadeToken } from './CreateApiToken.js';

/** An API token, shown once, and how a script sends it. */
export function MadeApiToken({ made, close }: { readonly made: MadeToken; readonly close: () => void }) {
  const { token, revision, apiToken } = made;
  return (
    <ShownOnceDialog
      title={`API token ${visibleString(apiToken.name)}`}
      secret={token}
      secretName="Token"
      close={close}
      download={{ name: 'portcullis.env', text: `PORTCULLIS_TOKEN=${token}\n` }}
    >
      <Accepted revision={revision}>
        It ends <When at={apiToken.expiresAt} />.
      </Accepted>
      <Snippet title="curl" text={curlLine(token)} />
      <Snippet title="policy as files" text={`PORTCULLIS_TOKEN=${token} npx portcullis policy export FOLDER`} />
    </ShownOnceDialog>
  );
}

function curlLine(token: string): string {
  return [
    `curl -s ${location.origin}/graphql \\`,
    `  -H 'authorization: Bearer ${token}' \\`,
    "  -H 'content-type: application/json' \\",
    `  -d '{"query":"{ overview { revision } }"}'`,
  ].join('\n');
}
