import type { ReactNode } from 'react';
import styles from './Empty.module.css';

/** A place with nothing in it yet: what belongs here, and the one act that begins it. */
export function Empty({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p>{text}</p>
      {children}
    </div>
  );
}
