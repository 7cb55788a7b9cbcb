import type { DecisionRowFragment } from '../gql/graphql.js';
import { ActButton } from '../parts/ActButton.js';
import { VisibleText } from '../parts/VisibleText.js';
import { whatIsKept } from './what-is-kept.js';
import styles from './DecisionTail.module.css';

interface WhatIsKeptProps {
  readonly row: DecisionRowFragment;
  readonly open: (row: DecisionRowFragment) => void;
}

/** Under a decision: how its result is labelled, what did not leave, and the way to its full record. */
export function WhatIsKept({ row, open }: WhatIsKeptProps) {
  const words = whatIsKept(row);
  if (words.length === 0 && row.auditLevel !== 'full') return null;
  return (
    <div className={styles['kept']}>
      {words.map((text) => (
        <span key={text} className="dim">
          <VisibleText text={text} />
        </span>
      ))}
      {row.auditLevel === 'full' ? (
        <ActButton
          needs="records:read"
          size="compact-xs"
          variant="default"
          aria-label={`Full record of ${row.id}`}
          onClick={() => open(row)}
        >
          Full record
        </ActButton>
      ) : null}
    </div>
  );
}
