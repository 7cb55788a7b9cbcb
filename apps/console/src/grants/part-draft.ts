import { newId } from '../parts/new-id.js';
import type { FieldForm, ParameterType, PartForm } from './part-form.js';
import { scalarOf, textOfScalar } from './scalar.js';

/** A constraint or obligation as it is being written: what stands in each input, by the name of the field. */
export interface PartDraft {
  readonly id: string;
  readonly kind: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly choices: Readonly<Record<string, readonly string[]>>;
  readonly parts: Readonly<Record<string, readonly PartDraft[]>>;
}

export type TypeOf = (path: string) => ParameterType | undefined;

export function newPart(kind: string, texts: Readonly<Record<string, string>> = {}): PartDraft {
  return { id: newId(), kind, texts, choices: {}, parts: {} };
}

/** What stands in the input of a choice that nobody has made yet: its first option. */
export function textIn(draft: PartDraft, field: FieldForm): string {
  return draft.texts[field.name] ?? (field.as === 'choice' ? (field.options[0] ?? '') : '');
}

type Part = Record<string, unknown>;

/** The draft as the server takes it. What is not complete is sent as it is: the server says what belongs there. */
export function partOf(draft: PartDraft, forms: readonly PartForm[], inner: readonly PartForm[], typeOf: TypeOf): Part {
  const part: Part = { kind: draft.kind };
  const type = typeOf(draft.texts['path'] ?? '');
  for (const field of forms.find(({ kind }) => kind === draft.kind)?.fields ?? []) {
    const value =
      field.as === 'parts'
        ? emptyAs(
            field,
            (draft.parts[field.name] ?? []).map((one) => partOf(one, inner, inner, typeOf)),
          )
        : valueOf(draft, field, type);
    if (value !== undefined) put(part, field.name, value);
  }
  return part;
}

function valueOf(draft: PartDraft, field: FieldForm, type: ParameterType | undefined): unknown {
  if (field.as === 'choices') return emptyAs(field, draft.choices[field.name] ?? []);
  const text = textIn(draft, field);
  if (field.as === 'flag') return text === 'true' || undefined;
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  if (field.as === 'lines') return emptyAs(field, lines);
  if (field.as === 'by-name') return lines.length === 0 ? undefined : Object.fromEntries(lines.map(namedList));
  if (field.as === 'scalars')
    return emptyAs(
      field,
      lines.map((line) => scalarOf(line, type)),
    );
  if (text.trim() === '') return field.isOptional || field.as === 'number' || field.as === 'scalar' ? undefined : '';
  if (field.as === 'scalar') return scalarOf(text, type);
  return field.as === 'number' ? numberOf(text) : text.trim();
}

const emptyAs = ({ isOptional }: FieldForm, list: readonly unknown[]) =>
  list.length === 0 && isOptional ? undefined : list;

/** `public.tickets: id, subject` as a name and its list. */
function namedList(line: string): readonly [string, readonly string[]] {
  const [name = '', ...rest] = line.split(':');
  const listed = rest.join(':').split(',');
  return [name.trim(), listed.flatMap((one) => one.trim() || [])];
}

/** What is no number stays as it was written, for the server to refuse at its field. */
function numberOf(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function put(part: Part, name: string, value: unknown): void {
  const [outer = name, inner] = name.split('.');
  if (inner === undefined) part[outer] = value;
  else part[outer] = { ...(isPart(part[outer]) ? part[outer] : {}), [inner]: value };
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A stored constraint or obligation to be written anew, such as for a copy; `undefined` when no form knows its kind. */
export function draftOf(
  stored: unknown,
  forms: readonly PartForm[],
  inner: readonly PartForm[],
): PartDraft | undefined {
  if (!isPart(stored)) return undefined;
  const form = forms.find(({ kind }) => kind === stored['kind']);
  if (!form) return undefined;
  const texts: Record<string, string> = {};
  const choices: Record<string, readonly string[]> = {};
  const parts: Record<string, readonly PartDraft[]> = {};
  for (const field of form.fields) {
    const value = read(stored, field.name);
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    if (field.as === 'choices') choices[field.name] = list.map(String);
    else if (field.as === 'parts') parts[field.name] = list.flatMap((one) => draftOf(one, inner, inner) ?? []);
    else if (field.as === 'scalars') texts[field.name] = list.map(textOfScalar).join('\n');
    else if (field.as === 'scalar') texts[field.name] = value === undefined ? '' : textOfScalar(value);
    else if (field.as === 'lines') texts[field.name] = list.map(String).join('\n');
    else if (field.as === 'by-name')
      texts[field.name] = isPart(value) ? Object.entries(value).map(lineOf).join('\n') : '';
    else if (value !== undefined) texts[field.name] = String(value);
  }
  return { id: newId(), kind: form.kind, texts, choices, parts };
}

const lineOf = ([name, list]: [string, unknown]) =>
  `${name}: ${Array.isArray(list) ? list.map(String).join(', ') : ''}`;

function read(part: Part, name: string): unknown {
  const [outer = name, inner] = name.split('.');
  const value = part[outer];
  if (inner === undefined) return value;
  return isPart(value) ? value[inner] : undefined;
}
