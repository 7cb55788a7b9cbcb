import { useEffect, useState } from 'react';
import styles from './Loading.module.css';

const showAfterMs = 150;

/** Grey lines in the place of what comes; kept empty for the first moment so that a quick answer does not flash. */
export function Loading({ lines = 6 }: { readonly lines?: number }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), showAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles['loading']} data-shown={isShown} aria-busy="true">
      <span className="unseen" role="status">
        {isShown ? 'Loading' : ''}
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles['line']} />
      ))}
    </div>
  );
}
