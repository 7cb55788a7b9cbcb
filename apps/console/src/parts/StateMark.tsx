import type { ReactNode } from 'react';
import styles from './StateMark.module.css';

export type StateKind = 'ok' | 'moving' | 'human' | 'caution' | 'bad' | 'off' | 'closed' | 'stopped' | 'paused';

const shapes: Record<StateKind, ReactNode> = {
  ok: <circle cx="8" cy="8" r="6" />,
  moving: (
    <>
      <circle cx="8" cy="8" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 8V2.75A5.25 5.25 0 0 1 13.25 8z" />
    </>
  ),
  human: <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" />,
  caution: <path d="M8 2 15 14H1z" />,
  bad: <path d="M4.5 2h7L15 8l-3.5 6h-7L1 8z" />,
  off: <circle cx="8" cy="8" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  closed: (
    <>
      <circle cx="8" cy="8" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M4.3 11.7 11.7 4.3" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  stopped: <path d="M2.5 2.5h11v11h-11z" />,
  paused: <path d="M4 3h2.75v10H4zM9.25 3H12v10H9.25z" />,
};

/** A state as shape, word and colour. The word is the caller's; the shape alone never carries the meaning. */
export function StateMark({ kind, children }: { readonly kind: StateKind; readonly children?: ReactNode }) {
  return (
    <span className={styles['mark']} data-kind={kind}>
      <svg className={styles['glyph']} viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
        {shapes[kind]}
      </svg>
      {children === undefined ? null : <span>{children}</span>}
    </span>
  );
}
