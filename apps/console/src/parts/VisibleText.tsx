import { visibleRuns } from './visible-text.js';
import styles from './VisibleText.module.css';

export function VisibleText({ text }: { readonly text: string }) {
  return (
    <bdi className={styles['text']}>
      {visibleRuns(text).map((run, index) =>
        run.marked ? (
          <span key={index} className={styles['mark']}>
            {run.text}
          </span>
        ) : (
          run.text
        ),
      )}
    </bdi>
  );
}
