import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import type { AgentCredentialsFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { StateMark, type StateKind } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import { IssueCredential } from './IssueCredential.js';
import { RevokeCredential } from './RevokeCredential.js';

const agentCredentialsFragment = graphql(`
  fragment AgentCredentials on Agent {
    id
    status
    credentials {
      id
      prefix
      status
      createdBy
      createdAt
      expiresAt
      lastUsedAt
      revokedAt
    }
  }
`);

type Credential = AgentCredentialsFragment['credentials'][number];
const kinds: Record<Credential['status'], StateKind> = { active: 'ok', revoked: 'off', expired: 'closed' };

export function AgentCredentials(props: { readonly agent: FragmentType<typeof agentCredentialsFragment> }) {
  const agent = unmask(agentCredentialsFragment, props.agent);
  const [revoking, setRevoking] = useState<Credential | null>(null);
  return (
    <Panel title="Credentials" actions={agent.status === 'retired' ? null : <IssueCredential agent={agent.id} />}>
      {agent.credentials.length === 0 ? (
        <p className="dim">None. Without a credential this agent cannot get a token.</p>
      ) : (
        <PlainTable
          label="Credentials"
          heads={['Secret', 'Status', 'Issued', 'Last used', 'Expires', 'Act']}
          rows={agent.credentials.toSorted(byAge).map((credential) => ({
            id: credential.id,
            cells: cellsOf(credential, () => setRevoking(credential)),
          }))}
        />
      )}
      {revoking ? (
        <RevokeCredential id={revoking.id} prefix={revoking.prefix} agent={agent.id} close={() => setRevoking(null)} />
      ) : null}
    </Panel>
  );
}

function cellsOf(credential: Credential, revoke: () => void) {
  return [
    <span className="mono">{credential.prefix}…</span>,
    <StateMark kind={kinds[credential.status]}>
      {credential.status}
      {credential.revokedAt === null ? null : (
        <>
          {' '}
          <When at={credential.revokedAt} />
        </>
      )}
    </StateMark>,
    <>
      <When at={credential.createdAt} /> by <VisibleText text={credential.createdBy} />
    </>,
    <span className="live">{credential.lastUsedAt === null ? 'never' : <When at={credential.lastUsedAt} />}</span>,
    credential.expiresAt === null ? 'never' : <When at={credential.expiresAt} />,
    credential.status === 'active' ? (
      <ActButton needs="credentials:write" size="compact-sm" variant="default" onClick={revoke}>
        Revoke {credential.prefix}…
      </ActButton>
    ) : null,
  ];
}

function byAge(a: Credential, b: Credential): number {
  return b.createdAt - a.createdAt;
}
