import type { GrantCellFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { StateMark } from '../parts/StateMark.js';
import { When } from '../parts/When.js';
import { VisibleText } from '../parts/VisibleText.js';
import styles from './GrantCell.module.css';

interface GrantCellProps {
  readonly grants: readonly GrantCellFragment[];
  readonly revoke: (grant: GrantCellFragment) => void;
}

/** What one role may do with one tool in one environment: each grant with its limits in words, or the default. */
export function GrantCell({ grants, revoke }: GrantCellProps) {
  if (grants.length === 0) return <StateMark kind="off">deny, default</StateMark>;
  return (
    <ul className={styles['grants']}>
      {grants.map((grant) => (
        <li key={grant.id} className={styles['grant']}>
          <StateMark kind="ok">allow for {grant.task}</StateMark>
          <Limits grant={grant} />
          <ActButton needs="grants:write" size="compact-sm" variant="default" onClick={() => revoke(grant)}>
            Revoke
          </ActButton>
        </li>
      ))}
    </ul>
  );
}

function Limits({ grant }: { readonly grant: GrantCellFragment }) {
  return (
    <>
      {grant.constraintTexts.map((text) => (
        <span key={text}>
          <VisibleText text={text} />
        </span>
      ))}
      {grant.notBefore === null ? null : (
        <span>
          from <When at={grant.notBefore} />
        </span>
      )}
      {grant.notAfter === null ? null : (
        <span>
          until <When at={grant.notAfter} />
        </span>
      )}
    </>
  );
}
