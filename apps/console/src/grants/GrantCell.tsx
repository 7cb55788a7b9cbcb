import { Link } from 'react-router';
import type { GrantCellFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { StateMark } from '../parts/StateMark.js';
import { When } from '../parts/When.js';
import { VisibleText } from '../parts/VisibleText.js';
import { GrantUseMark, type GrantUse } from './GrantUseMark.js';
import styles from './GrantCell.module.css';

interface GrantCellProps {
  readonly grants: readonly GrantCellFragment[];
  /** By the grant's id; of one that is not there nothing is known. */
  readonly uses: ReadonlyMap<string, GrantUse>;
  readonly revoke: (grant: GrantCellFragment) => void;
}

/** What one role may do with one tool in one environment: each grant with its limits in words, or the default. */
export function GrantCell({ grants, uses, revoke }: GrantCellProps) {
  if (grants.length === 0) return <StateMark kind="off">deny, default</StateMark>;
  return (
    <ul className={styles['grants']}>
      {grants.map((grant) => (
        <li key={grant.id} className={styles['grant']}>
          <StateMark kind="ok">allow for {grant.task}</StateMark>
          <Limits grant={grant} />
          <Use use={uses.get(grant.id)} />
          <span className={styles['acts']}>
            <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={() => revoke(grant)}>
              Revoke
            </ActButton>
            <Link to={`/grants/${encodeURIComponent(grant.id)}`}>Details</Link>
            <Link to={`/grants/new?from=${encodeURIComponent(grant.id)}`}>Copy</Link>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Use({ use }: { readonly use: GrantUse | undefined }) {
  return use === undefined ? null : <GrantUseMark use={use} />;
}

function Limits({ grant }: { readonly grant: GrantCellFragment }) {
  const { constraintTexts, obligationTexts, notBefore, notAfter, staleSeconds } = grant;
  return (
    <>
      {constraintTexts.map((text, index) => (
        <span key={`${index} ${text}`}>
          <VisibleText text={text} />
        </span>
      ))}
      {obligationTexts.map((text, index) => (
        <span key={`${index} ${text}`}>
          then: <VisibleText text={text} />
        </span>
      ))}
      {notBefore === null ? null : (
        <span>
          from <When at={notBefore} />
        </span>
      )}
      {notAfter === null ? null : (
        <span>
          until <When at={notAfter} />
        </span>
      )}
      {staleSeconds === 0 ? null : <span>{staleSeconds} s past the lease</span>}
    </>
  );
}
