import { VisibleText } from '../parts/VisibleText.js';
import { definitionDiff, linesOf, type Field, type FieldDiff, type Said } from './definition-diff.js';
import styles from './tools.module.css';

const fieldWords: Readonly<Record<Field, string>> = {
  name: 'Name',
  title: 'Title',
  description: 'Description',
  inputSchema: 'Schema of the arguments',
  outputSchema: 'Schema of the result',
  annotations: 'Annotations, which are hints of the server',
};

const signs = { same: ' ', added: '+', removed: '−' } as const;
const spoken = { same: '', added: 'added: ', removed: 'removed: ' } as const;

/** What is another in the new definition, field by field. What nobody would see is made visible. */
export function DefinitionDiff({ before, after }: { readonly before: Said; readonly after: Said }) {
  const diff = definitionDiff(before, after);
  const same = diff.filter(({ isSame }) => isSame).map(({ field }) => fieldWords[field].toLowerCase());
  return (
    <>
      {diff
        .filter(({ isSame }) => !isSame)
        .map((one) => (
          <ChangedField key={one.field} diff={one} />
        ))}
      {same.length > 0 ? <p className="dim">The same as before: {same.join(', ')}.</p> : null}
    </>
  );
}

function ChangedField({ diff: { field, lines } }: { readonly diff: FieldDiff }) {
  return (
    <Lines label={fieldWords[field]}>
      {lines.map(({ kind, text }, index) => (
        <span key={index} className={styles['line']} data-kind={kind}>
          <span aria-hidden="true">{signs[kind]} </span>
          <span className="unseen">{spoken[kind]}</span>
          <VisibleText text={text} />
        </span>
      ))}
    </Lines>
  );
}

/** A definition as it is, field by field. */
export function WholeDefinition({ said }: { readonly said: Said }) {
  return (
    <>
      {(Object.keys(fieldWords) as Field[])
        .map((field) => ({ field, lines: linesOf(said, field) }))
        .filter(({ field, lines }) => field !== 'name' && lines.length > 0)
        .map(({ field, lines }) => (
          <Lines key={field} label={fieldWords[field]}>
            {lines.map((text, index) => (
              <span key={index} className={styles['line']}>
                <VisibleText text={text} />
              </span>
            ))}
          </Lines>
        ))}
    </>
  );
}

function Lines({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <>
      <p className={styles['field']}>{label}</p>
      <div className={styles['lines']} role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
    </>
  );
}
