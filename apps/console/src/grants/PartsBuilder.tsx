import { Button, Select } from '@mantine/core';
import { VisibleText } from '../parts/VisibleText.js';
import { valueForms } from './constraint-forms.js';
import { kindsFor } from './kinds-for.js';
import { newPart, type PartDraft, type TypeOf } from './part-draft.js';
import type { FieldForm, PartForm } from './part-form.js';
import { problemAt, problemsElsewhere, problemsWithin, type PartProblem } from './part-problems.js';
import { PartField } from './PartField.js';
import styles from './Parts.module.css';
import type { Parameter } from './tool-parameters.js';

/** What the server says of one that is being written: it in words, or what is wrong with it. */
export interface PartSaid {
  readonly text: string | null;
  readonly problems: readonly PartProblem[];
}

interface PartsBuilderProps {
  /** What one of them is, such as `constraint`. */
  readonly one: string;
  readonly forms: readonly PartForm[];
  readonly parts: readonly PartDraft[];
  readonly parameters: readonly Parameter[];
  readonly typeOf: TypeOf;
  /** By its place; undefined until the server has answered. Absent for what lies within another one. */
  readonly said?: (index: number) => PartSaid | undefined;
  readonly problems: (index: number) => readonly PartProblem[];
  readonly set: (parts: readonly PartDraft[]) => void;
}

/** Constraints or obligations, each with the fields of its kind, in words as it is written. */
export function PartsBuilder(props: PartsBuilderProps) {
  const { one, forms, parts, said, problems, set } = props;
  const change = (draft: PartDraft) => set(parts.map((part) => (part.id === draft.id ? draft : part)));
  return (
    <>
      <ul className={styles['parts']}>
        {parts.map((draft, index) => (
          <li key={draft.id} className={styles['part']} aria-label={`${one} ${index + 1}`}>
            <Fields {...props} draft={draft} problems={problems(index)} change={change} />
            <div className={styles['said']}>
              <span className={styles['words']}>{said ? <Words said={said(index)} /> : null}</span>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => set(parts.filter(({ id }) => id !== draft.id))}
              >
                Remove {one} {index + 1}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        className={styles['add'] ?? ''}
        onClick={() => set([...parts, newPart(forms[0]?.kind ?? '')])}
      >
        Add {one}
      </Button>
    </>
  );
}

function Words({ said }: { readonly said: PartSaid | undefined }) {
  if (said === undefined) return null;
  if (said.text === null) return <span className="dim">Not complete yet</span>;
  return (
    <strong>
      <VisibleText text={said.text} />
    </strong>
  );
}

interface FieldsProps extends Omit<PartsBuilderProps, 'problems'> {
  readonly draft: PartDraft;
  readonly problems: readonly PartProblem[];
  readonly change: (draft: PartDraft) => void;
}

function Fields(props: FieldsProps) {
  const { draft, one, forms, parameters, typeOf, problems, change } = props;
  const fields = forms.find(({ kind }) => kind === draft.kind)?.fields ?? [];
  const type = typeOf(draft.texts['path'] ?? '');
  const drawn = [...fields.map(({ name }) => name), 'kind'];
  // The parameter comes before the kind: it decides which kinds are offered first.
  const isFirst = ({ as }: FieldForm) => as === 'path' && one !== 'obligation';
  const setField = (next: PartDraft) => change(keptKind(draft, next, forms, typeOf));
  const input = (field: FieldForm) =>
    field.as === 'parts' ? (
      <Inner key={field.name} {...props} field={field} />
    ) : (
      <PartField
        key={field.name}
        {...{ draft, field, parameters }}
        refused={problemAt(problems, field.name)}
        set={setField}
      />
    );
  return (
    <>
      <div className={styles['fields']}>
        {fields.filter(isFirst).map(input)}
        <Select
          label="Rule"
          allowDeselect={false}
          data={kindsFor(forms, type).map(({ kind, label }) => ({ value: kind, label }))}
          value={draft.kind}
          error={problemAt(problems, 'kind') ?? null}
          onChange={(kind) => change({ ...draft, kind: kind ?? draft.kind })}
        />
        {fields.filter((field) => !isFirst(field)).map(input)}
      </div>
      {problemsElsewhere(problems, drawn).map(({ path, message }) => (
        <p key={`${path} ${message}`} role="alert">
          <VisibleText text={message} />
        </p>
      ))}
    </>
  );
}

/** Choosing a parameter of another type moves to the kind that fits it, as long as nothing else was written. */
function keptKind(before: PartDraft, next: PartDraft, forms: readonly PartForm[], typeOf: TypeOf): PartDraft {
  const type = typeOf(next.texts['path'] ?? '');
  const isUntouched = Object.entries(next.texts).every(([name, text]) => name === 'path' || text === '');
  if (type === undefined || next.texts['path'] === before.texts['path'] || !isUntouched) return next;
  return { ...next, kind: kindsFor(forms, type)[0]?.kind ?? next.kind };
}

function Inner({ draft, field, problems, change }: FieldsProps & { readonly field: FieldForm & { as: 'parts' } }) {
  const within = draft.parts[field.name] ?? [];
  return (
    <fieldset className={styles['inner']}>
      <legend>{field.label}</legend>
      {within.length === 0 && problemAt(problems, field.name) ? (
        <p role="alert">{problemAt(problems, field.name)}</p>
      ) : null}
      <PartsBuilder
        one={field.one}
        forms={valueForms}
        parts={within}
        parameters={[]}
        typeOf={() => undefined}
        problems={(index) => problemsWithin(problems, `${field.name}.${index}`)}
        set={(parts) => change({ ...draft, parts: { ...draft.parts, [field.name]: parts } })}
      />
    </fieldset>
  );
}
