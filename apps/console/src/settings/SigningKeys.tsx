import type { SigningKeyState, TokenSettingsQuery } from '../gql/graphql.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { When } from '../parts/When.js';

const kinds: Record<SigningKeyState, StateKind> = {
  published: 'moving',
  signing: 'ok',
  verifying: 'paused',
  withdrawn: 'off',
};

export function SigningKeys({ keys }: { readonly keys: TokenSettingsQuery['tokenSettings']['signingKeys'] }) {
  return (
    <Panel title="Signing keys">
      <PlainTable
        label="Signing keys"
        heads={['Key', 'State', 'Since', 'Ends']}
        rows={keys.map(({ kid, state, since, notAfter }) => ({
          id: kid,
          cells: [
            <span className="mono">{kid}</span>,
            <StateMark kind={kinds[state]}>{state}</StateMark>,
            <When at={since} />,
            <When at={notAfter} />,
          ],
        }))}
      />
    </Panel>
  );
}
