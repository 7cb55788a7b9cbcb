import { Autocomplete, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { Link } from 'react-router';
import { visibleString } from '../parts/visible-text.js';
import { textIn, type PartDraft } from './part-draft.js';
import type { FieldForm } from './part-form.js';
import type { Parameter } from './tool-parameters.js';

interface PartFieldProps {
  readonly draft: PartDraft;
  readonly field: Exclude<FieldForm, { readonly as: 'parts' }>;
  readonly parameters: readonly Parameter[];
  readonly refused: string | undefined;
  readonly set: (draft: PartDraft) => void;
}

/** One input of a constraint or obligation, with what the server says about it. */
export function PartField({ draft, field, parameters, refused, set }: PartFieldProps) {
  const text = textIn(draft, field);
  const setText = (value: string) => set({ ...draft, texts: { ...draft.texts, [field.name]: value } });
  const common = commonOf(field, refused);
  switch (field.as) {
    case 'choice':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={field.options.map((option) => ({ value: option, label: option === '' ? 'none' : option }))}
          value={text}
          onChange={(value) => setText(value ?? '')}
        />
      );
    case 'choices':
      return <Several {...{ common, draft, field, set }} />;
    case 'path':
    case 'offered': {
      const offered = 'options' in field ? field.options : parameters.map(({ path }) => path);
      return <Autocomplete {...common} data={offered.map(visibleString)} value={text} onChange={setText} />;
    }
    case 'flag':
      return (
        <Checkbox
          {...common}
          checked={text === 'true'}
          onChange={(event) => setText(event.currentTarget.checked ? 'true' : '')}
        />
      );
    case 'by-name':
    case 'lines':
    case 'scalars':
      return (
        <div>
          <Textarea {...common} rows={3} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          {field.see ? (
            <Link to={field.see.to} target="_blank">
              {field.see.words} (new tab)
            </Link>
          ) : null}
        </div>
      );
    case 'number':
    case 'scalar':
    case 'text':
      return (
        <TextInput
          {...common}
          {...(field.as === 'number' ? { inputMode: 'decimal' as const } : {})}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      );
  }
}

function commonOf({ label, hint }: FieldForm, refused: string | undefined) {
  const error = refused === undefined ? null : visibleString(refused);
  return { label, error, ...(hint === undefined ? {} : { description: hint }) };
}

interface SeveralProps extends Pick<PartFieldProps, 'draft' | 'set'> {
  readonly common: ReturnType<typeof commonOf>;
  readonly field: FieldForm & { readonly as: 'offered' | 'choice' | 'choices' };
}

function Several({ common, draft, field: { name, options }, set }: SeveralProps) {
  return (
    <Checkbox.Group
      {...common}
      value={[...(draft.choices[name] ?? [])]}
      onChange={(chosen) => set({ ...draft, choices: { ...draft.choices, [name]: chosen } })}
    >
      {options.map((option) => (
        <Checkbox key={option} value={option} label={option} mt="xs" />
      ))}
    </Checkbox.Group>
  );
}
