import type { ReactNode } from 'react';
import type { SubjectIssuerPartsFragment as Issuer } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { visibleString } from '../parts/visible-text.js';
import { When } from '../parts/When.js';
import styles from './settings.module.css';

export type IssuerAct = 'edit' | 'switch' | 'remove';

/** One row of the issuers: who they are, whether their users count, and what may be done. */
export function issuerCells(issuer: Issuer, ask: (act: IssuerAct) => void): readonly ReactNode[] {
  const { id, name, enabled, audience, jwksUri, createdAt, createdBy } = issuer;
  const button = (act: IssuerAct, verb: string) => (
    <ActButton needs="tokens:write" size="compact-sm" variant="default" onClick={() => ask(act)}>
      {verb} {visibleString(id)}
    </ActButton>
  );
  return [
    <>
      <VisibleText text={name} />{' '}
      <span className="mono dim">
        <VisibleText text={id} />
      </span>
    </>,
    enabled ? <StateMark kind="ok">enabled</StateMark> : <StateMark kind="paused">disabled</StateMark>,
    <>
      <Address text={issuer.issuer} />
      <div className="dim">
        audience <Address text={audience} />
      </div>
      <div className="dim">
        {jwksUri === null ? (
          'keys where its metadata says'
        ) : (
          <>
            keys at <Address text={jwksUri} />
          </>
        )}
      </div>
    </>,
    <>
      <When at={createdAt} /> by <VisibleText text={createdBy} />
    </>,
    <span className={styles['acts']}>
      {button('edit', 'Edit')}
      {button('switch', enabled ? 'Disable' : 'Enable')}
      {button('remove', 'Remove')}
    </span>,
  ];
}

function Address({ text }: { readonly text: string }) {
  return (
    <span className="mono">
      <VisibleText text={text} />
    </span>
  );
}
