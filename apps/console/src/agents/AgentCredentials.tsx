import { useState } from 'react';
import { graphql, unmask, type FragmentType } from '../gql/index.js';
import type { CredentialPartsFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { Panel } from '../parts/Panel.js';
import { PlainTable } from '../parts/PlainTable.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import styles from './AgentCredentials.module.css';
import { credentialPartsFragment } from './credentials.graphql.js';
import { CredentialStatus } from './CredentialStatus.js';
import { IssueCredential } from './IssueCredential.js';
import { LastUsed } from './LastUsed.js';
import { RevokeCredential } from './RevokeCredential.js';
import { RotationCard } from './RotationCard.js';
import { TaintCredential } from './TaintCredential.js';

const agentCredentialsFragment = graphql(`
  fragment AgentCredentials on Agent {
    id
    status
    rotationPolicy {
      state
      nextDueAt
    }
    credentials {
      ...CredentialParts
    }
  }
`);

interface Asked {
  readonly act: 'revoke' | 'taint';
  readonly credential: CredentialPartsFragment;
}

export function AgentCredentials(props: { readonly agent: FragmentType<typeof agentCredentialsFragment> }) {
  const agent = unmask(agentCredentialsFragment, props.agent);
  const credentials = unmask(credentialPartsFragment, agent.credentials).toSorted(byAge);
  const isRetired = agent.status === 'retired';
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <div className={styles['stack']}>
      {isRetired || credentials.length === 0 ? null : (
        <RotationCard agent={agent.id} credentials={credentials} policy={agent.rotationPolicy} />
      )}
      <Panel title="Credentials" actions={isRetired ? null : <IssueCredential agent={agent.id} />}>
        {credentials.length === 0 ? (
          <p className="dim">None. Without a credential this agent cannot get a token.</p>
        ) : (
          <PlainTable
            label="Credentials"
            heads={['Credential', 'Status', 'Issued', 'Last used', 'Good until', 'Act']}
            rows={credentials.map((credential) => ({
              id: credential.id,
              cells: cellsOf(credential, (act) => setAsked({ act, credential })),
            }))}
          />
        )}
      </Panel>
      {asked?.act === 'revoke' ? <RevokeCredential {...asked.credential} agent={agent.id} close={close} /> : null}
      {asked?.act === 'taint' ? <TaintCredential {...asked.credential} agent={agent.id} close={close} /> : null}
    </div>
  );
}

function cellsOf(credential: CredentialPartsFragment, ask: (act: Asked['act']) => void) {
  const isLive = ['prepared', 'active', 'retiring'].includes(credential.status);
  const button = (act: Asked['act'], verb: string) => (
    <ActButton needs="credentials:write" size="compact-sm" variant="default" onClick={() => ask(act)}>
      {verb} {credential.prefix}…
    </ActButton>
  );
  return [
    <>
      <span className="mono">{credential.prefix}…</span> <Kind {...credential} />
    </>,
    <CredentialStatus {...credential} />,
    <>
      <When at={credential.createdAt} /> by <VisibleText text={credential.createdBy} />
    </>,
    <LastUsed credential={credential} />,
    <Term {...credential} />,
    credential.status === 'tainted' ? null : (
      <span className={styles['acts']}>
        {isLive ? button('revoke', 'Revoke') : null}
        {button('taint', 'Taint')}
      </span>
    ),
  ];
}

function Kind({ kind, jwksUri }: Pick<CredentialPartsFragment, 'kind' | 'jwksUri'>) {
  if (jwksUri === null) return <span className="dim">{kind === 'secret' ? 'secret' : 'key'}</span>;
  return (
    <span className="dim">
      keys at{' '}
      <span className="mono">
        <VisibleText text={jwksUri} />
      </span>
    </span>
  );
}

function Term({ notBefore, expiresAt }: Pick<CredentialPartsFragment, 'notBefore' | 'expiresAt'>) {
  return (
    <>
      {notBefore === null ? null : (
        <>
          from <When at={notBefore} />,{' '}
        </>
      )}
      {expiresAt === null ? 'no end' : <When at={expiresAt} />}
    </>
  );
}

function byAge(a: CredentialPartsFragment, b: CredentialPartsFragment): number {
  return b.createdAt - a.createdAt;
}
