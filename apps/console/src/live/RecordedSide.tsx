import { unmask, type FragmentType } from '../gql/index.js';
import { DownloadButton } from '../parts/DownloadButton.js';
import { indentedJson } from '../parts/indented-json.js';
import { StateMark } from '../parts/StateMark.js';
import { VisibleText } from '../parts/VisibleText.js';
import { recordedSideFragment } from './full-record.graphql.js';
import styles from './RecordedSide.module.css';

/** More is not drawn: it would be too much for the page, and nobody reads it there. */
const mostShown = 20_000;

interface RecordedSideProps {
  readonly title: string;
  readonly decision: string;
  readonly side: FragmentType<typeof recordedSideFragment> | null;
  /** Why there may be none. */
  readonly absent: string;
}

/** One side of a record, folded up: untrusted text, drawn as text, with what cannot be seen made visible. */
export function RecordedSide({ title, decision, side: given, absent }: RecordedSideProps) {
  const side = unmask(recordedSideFragment, given);
  if (side === null)
    return (
      <p>
        <strong>{title}</strong> <span className="dim">{absent}</span>
      </p>
    );
  const { text, bytes, hash, isAsReported } = side;
  return (
    <details className={styles['side']}>
      <summary>
        {title} <span className="dim">{bytes.toLocaleString()} bytes</span>
        {isAsReported ? null : <StateMark kind="bad">not what its guard reported</StateMark>}
      </summary>
      <p className="dim">
        SHA-256 <code>{hash}</code>
        {isAsReported ? ', as in the record its guard chained' : ''}
      </p>
      {text === null ? (
        <p>Not kept: it is larger than a record may be, or its seal is broken. Its size and hash are.</p>
      ) : (
        <Text title={title} name={`${decision}.${title === 'Arguments' ? 'arguments' : 'result'}.json`} text={text} />
      )}
    </details>
  );
}

function Text({ title, name, text }: { readonly title: string; readonly name: string; readonly text: string }) {
  const more = text.length - mostShown;
  return (
    <>
      <pre className={styles['text']} tabIndex={0} role="region" aria-label={title}>
        {indentedJson(text.slice(0, mostShown)).map((line, index) => (
          <Line key={index} text={line} />
        ))}
      </pre>
      {more > 0 ? <p>{more.toLocaleString()} characters more are not shown here.</p> : null}
      <DownloadButton name={name} text={text} />
    </>
  );
}

function Line({ text }: { readonly text: string }) {
  const words = text.trimStart();
  return (
    <span className={styles['line']}>
      {text.slice(0, text.length - words.length)}
      <VisibleText text={words} />
    </span>
  );
}
