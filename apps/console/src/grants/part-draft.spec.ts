import { constraintSchema, obligationSchema } from '@portcullis/contracts';
import { describe, expect, it } from 'vitest';
import { constraintForms, valueForms } from './constraint-forms.js';
import { kindsFor } from './kinds-for.js';
import { obligationForms } from './obligation-forms.js';
import { draftOf, newPart, partOf } from './part-draft.js';
import { scalarOf, textOfScalar } from './scalar.js';
import { parametersOf } from './tool-parameters.js';

const unknownType = () => undefined;
const kindsOf = (schema: {
  readonly options: readonly { readonly shape: { readonly kind: { readonly value: string } } }[];
}) => schema.options.map(({ shape }) => shape.kind.value).sort();

const constraints = [
  { kind: 'min', path: 'amount', value: 1 },
  { kind: 'max', path: 'amount', value: 100.01 },
  { kind: 'length', path: 'note', max: 200 },
  { kind: 'one-of', path: 'currency', values: ['EUR', '100', 5, true] },
  { kind: 'equal', path: 'dryRun', value: true },
  { kind: 'equal-claim', path: 'customerId', claim: 'conversation.customerId' },
  { kind: 'prefix', path: 'ticket', prefix: 'T-' },
  { kind: 'glob', path: 'file', glob: 'docs/**' },
  { kind: 'pattern', path: 'ticket', pattern: 'T-[0-9]{1,6}' },
  { kind: 'hosts', path: 'url', hosts: ['*.example.com'], schemes: ['https', 'wss'] },
  { kind: 'cidr', path: 'address', networks: ['10.0.0.0/8'] },
  { kind: 'forbidden', path: 'force' },
  { kind: 'provenance', path: 'payee', as: 'account', request: true, directories: ['suppliers'] },
  { kind: 'schema' },
  {
    ...{ kind: 'sql', path: 'query', statements: ['select'], tables: ['public.tickets', 'public.notes'] },
    ...{ columns: { 'public.tickets': ['id', 'subject'] }, maxRows: 50, everyRow: true },
  },
  { kind: 'items', path: 'to', max: 5, each: [{ kind: 'length', path: '.', max: 64 }] },
];
const obligations = [
  { kind: 'fields', keep: ['id', 'subject'] },
  { kind: 'items', path: 'documents', where: [{ kind: 'equal', path: 'classification', value: 'public' }] },
  { kind: 'redact', what: ['email'], patterns: ['T-[0-9]+'] },
  { kind: 'size', maxBytes: 65_536 },
  { kind: 'label', trust: 'untrusted' },
  { kind: 'audit', level: 'full' },
  { kind: 'quota', per: 'agent', window: 'hour', calls: 3 },
  { kind: 'quota', per: 'user', window: 'day', amount: { path: 'amount', max: 1000 } },
  { kind: 'approval', group: 'finance', unless: [{ kind: 'max', path: 'amount', value: 100 }] },
];

describe('the forms of constraints and obligations', () => {
  it('are there for every kind there is', () => {
    expect(constraintForms.map(({ kind }) => kind).sort()).toEqual(kindsOf(constraintSchema));
    expect(obligationForms.map(({ kind }) => kind).sort()).toEqual(kindsOf(obligationSchema));
  });

  it.each(constraints)('write %j as it is stored', (stored) => {
    const draft = draftOf(stored, constraintForms, valueForms);
    expect(draft && partOf(draft, constraintForms, valueForms, unknownType)).toEqual(stored);
    expect(constraintSchema.safeParse(stored).success).toBe(true);
  });

  it.each(obligations)('write %j as it is stored', (stored) => {
    const draft = draftOf(stored, obligationForms, valueForms);
    expect(draft && partOf(draft, obligationForms, valueForms, unknownType)).toEqual(stored);
    expect(obligationSchema.safeParse(stored).success).toBe(true);
  });

  it('do not make up what was not written, and leave it to the server to say so', () => {
    const written = (kind: string, texts = {}) =>
      partOf(newPart(kind, texts), constraintForms, valueForms, unknownType);
    expect(written('max')).toEqual({ kind: 'max', path: '' });
    expect(written('max', { path: 'a', value: '1e400' })).toEqual({ kind: 'max', path: 'a', value: '1e400' });
    expect(written('one-of', { path: 'a' })).toEqual({ kind: 'one-of', path: 'a', values: [] });
    expect(draftOf({ kind: 'moon-phase' }, constraintForms, valueForms)).toBeUndefined();
  });

  it('offer first what fits the parameter', () => {
    expect(
      kindsFor(constraintForms, 'number')
        .map(({ kind }) => kind)
        .slice(0, 2),
    ).toEqual(['max', 'min']);
    expect(kindsFor(constraintForms, 'array')[0]?.kind).toBe('items');
    expect(kindsFor(constraintForms, undefined)).toEqual(constraintForms);
  });
});

describe('a literal', () => {
  it.each([
    ['100', undefined, 100],
    ['100', 'string', '100'],
    ['"100"', 'number', '100'],
    ['00123', undefined, '00123'],
    ['true', undefined, true],
    ['1e400', undefined, '1e400'],
    ['__proto__', undefined, '__proto__'],
    ['"half', undefined, '"half'],
  ] as const)('%s for a parameter of type %s is %s', (text, type, value) => expect(scalarOf(text, type)).toBe(value));

  it.each(['a', '100', 'true', '', ' x ', '"q"', 5, -0.5, false])('%s is read back as it was', (value) =>
    expect(scalarOf(textOfScalar(value))).toBe(value),
  );
});

describe('the parameters of a tool', () => {
  it('are offered by path with their type, into objects and lists', () => {
    const lines = { type: 'array', items: { type: 'object', properties: { price: { type: ['integer', 'number'] } } } };
    const schema = { type: 'object', properties: { amount: { type: 'integer' }, lines, any: {} } };
    expect(parametersOf([schema, schema])).toEqual([
      { path: 'amount', type: 'number' },
      { path: 'lines', type: 'array' },
      { path: 'lines.*.price', type: undefined },
      { path: 'any', type: undefined },
    ]);
  });

  it('of a schema that is none, or deep without end, are few', () => {
    const endless: { properties: Record<string, unknown> } = { properties: {} };
    endless.properties['again'] = endless;
    expect(parametersOf([null, 5, { properties: [] }, endless])).toHaveLength(3);
  });
});
