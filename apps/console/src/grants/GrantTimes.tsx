import { TextInput } from '@mantine/core';
import { MomentField } from '../parts/MomentField.js';
import type { GrantDraft } from './grant-draft.js';
import styles from './AddGrant.module.css';

export type TimeField = 'notBefore' | 'notAfter' | 'staleSeconds';

interface GrantTimesProps {
  readonly draft: GrantDraft;
  /** Whether every tool it names only reads. */
  readonly isRead: boolean;
  readonly refused: Readonly<Partial<Record<TimeField, string>>>;
  readonly set: (change: Partial<GrantDraft>) => void;
}

/** From when, until when, and for how long past the lease of a guard. */
export function GrantTimes({ draft, isRead, refused, set }: GrantTimesProps) {
  return (
    <div className={styles['fields']}>
      <MomentField
        label="From"
        description="Your time; empty: at once"
        value={draft.notBefore}
        error={refused.notBefore}
        onChange={(event) => set({ notBefore: event.currentTarget.value })}
      />
      <MomentField
        label="Until"
        description="Your time; empty: until it is revoked"
        value={draft.notAfter}
        error={refused.notAfter}
        onChange={(event) => set({ notAfter: event.currentTarget.value })}
      />
      <TextInput
        label="Seconds past the lease"
        description={
          isRead ? '0 to 60: how long a guard that is cut off still allows it' : 'Only for tools whose class is read'
        }
        inputMode="decimal"
        disabled={!isRead}
        value={isRead ? draft.staleSeconds : ''}
        error={refused.staleSeconds}
        onChange={(event) => set({ staleSeconds: event.currentTarget.value })}
      />
    </div>
  );
}
