import type { GrantUsesQuery } from '../gql/graphql.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { When } from '../parts/When.js';
import styles from './GrantCell.module.css';

export type GrantUse = GrantUsesQuery['grantUses'][number];
type Narrowing = NonNullable<GrantUse['narrowing']>;

/** When a grant was last used, whether that is long ago, and what it gives beyond what it was used for. */
export function GrantUseMark({ use }: { readonly use: GrantUse }) {
  return (
    <span className={styles['use']}>
      {use.isUnused ? <StateMark kind="off">unused for {use.unusedForDays.toLocaleString()} days</StateMark> : null}
      {use.narrowing === null ? null : <Wider narrowing={use.narrowing} />}
      <span className="dim">
        {use.lastUsedAt === null ? 'not used since ' : 'last used '}
        <When at={use.lastUsedAt ?? use.since} />
      </span>
    </span>
  );
}

function Wider({ narrowing: { task, usedTools, usedCount, unusedCount } }: { readonly narrowing: Narrowing }) {
  const more = usedCount - usedTools.length;
  return (
    <>
      <StateMark kind="caution">wider than needed in 30 days</StateMark>
      {task === null ? null : <span>every call came with a token for {task}, which it could ask for</span>}
      {usedCount === 0 ? null : (
        <span>
          {usedCount.toLocaleString()} of {(usedCount + unusedCount).toLocaleString()} tools were called:{' '}
          <VisibleText text={usedTools.join(', ')} />
          {more > 0 ? ` and ${more.toLocaleString()} more` : null}
        </span>
      )}
    </>
  );
}
