import type { ReactNode } from 'react';
import styles from './Notice.module.css';
import { StateMark, type StateKind } from './StateMark.js';

interface NoticeProps {
  readonly kind: StateKind;
  readonly title: ReactNode;
  readonly isAlert?: boolean;
  readonly children?: ReactNode;
}

export function Notice({ kind, title, isAlert = false, children }: NoticeProps) {
  return (
    <div className={styles['notice']} data-kind={kind} {...(isAlert ? { role: 'alert' } : {})}>
      <p className={styles['title']}>
        <StateMark kind={kind}>{title}</StateMark>
      </p>
      {children}
    </div>
  );
}
