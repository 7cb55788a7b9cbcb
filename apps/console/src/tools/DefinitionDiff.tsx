import { useQuery } from '@apollo/client/react';
import type { DefinitionDiffQuery } from '../gql/graphql.js';
import { Loading } from '../parts/Loading.js';
import { ProblemNote } from '../parts/ProblemNote.js';
import { VisibleText } from '../parts/VisibleText.js';
import { definitionDiffQuery } from './tools.graphql.js';
import styles from './tools.module.css';

type Said = Readonly<Record<string, unknown>>;
type FieldDiff = DefinitionDiffQuery['toolDefinitionDiff'][number];

const fieldWords: Readonly<Record<string, string>> = {
  name: 'Name',
  title: 'Title',
  description: 'Description',
  inputSchema: 'Schema of the arguments',
  outputSchema: 'Schema of the result',
  annotations: 'Annotations, which are hints of the server',
};

const signs: Readonly<Record<string, string>> = { added: '+', removed: '−' };
const spoken: Readonly<Record<string, string>> = { added: 'added: ', removed: 'removed: ' };
const wordsOf = (field: string) => fieldWords[field] ?? field;

/** What is another in the new definition, field by field. What nobody would see is made visible. */
export function DefinitionDiff(variables: { readonly tool: string; readonly from: string; readonly to: string }) {
  const { data, error } = useQuery(definitionDiffQuery, { variables });
  if (error) return <ProblemNote error={error} trying="The definitions could not be compared" />;
  if (!data) return <Loading lines={4} />;
  const diff = data.toolDefinitionDiff;
  const same = diff.filter(({ isSame }) => isSame).map(({ field }) => wordsOf(field).toLowerCase());
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
    <Lines label={wordsOf(field)}>
      {lines.map(({ kind, text }, index) => (
        <span key={index} className={styles['line']} data-kind={kind}>
          <span aria-hidden="true">{signs[kind] ?? ' '} </span>
          <span className="unseen">{spoken[kind] ?? ''}</span>
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
      {Object.keys(fieldWords)
        .map((field) => ({ field, lines: linesOf(said[field]) }))
        .filter(({ field, lines }) => field !== 'name' && lines.length > 0)
        .map(({ field, lines }) => (
          <Lines key={field} label={wordsOf(field)}>
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

/** Texts as they are written, schemas and annotations as JSON. */
function linesOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
}
