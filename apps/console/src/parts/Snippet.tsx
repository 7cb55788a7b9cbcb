import { CopyButton } from './CopyButton.js';
import styles from './Snippet.module.css';

export function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <figure className={styles['snippet']}>
      <figcaption>
        <span>{title}</span> <CopyButton value={text} label={`Copy ${title}`} />
      </figcaption>
      <pre tabIndex={0} role="region" aria-label={title}>
        {text}
      </pre>
    </figure>
  );
}
