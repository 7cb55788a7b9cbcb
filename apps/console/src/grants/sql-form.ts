import type { ConstraintOf } from '@portcullis/contracts';
import { namedWords } from './named-words.js';
import type { FieldForm, PartForm } from './part-form.js';

const statements = namedWords<ConstraintOf<'sql'>['statements'][number]>({
  ...{ select: true, insert: true, update: true },
  ...{ delete: true, merge: true },
});

/** One statement of SQL within limits. */
export const sqlForm = (path: FieldForm): PartForm => ({
  kind: 'sql',
  label: 'one SQL statement within limits',
  fits: ['string'],
  fields: [
    path,
    { name: 'statements', label: 'Statements', as: 'choices', options: statements },
    {
      name: 'tables',
      label: 'Tables, one a line',
      as: 'lines',
      hint: 'public.tickets, or public.* for all of a schema',
    },
    {
      ...{ name: 'columns', label: 'Columns, a table a line', as: 'by-name', isOptional: true },
      hint: 'public.tickets: id, subject. A table that is left out is open',
    },
    {
      ...{ name: 'functions', label: 'More functions, one a line', as: 'lines', isOptional: true },
      hint: 'Beside the plain ones, such as count and lower',
    },
    { name: 'maxRows', label: 'Rows at most', as: 'number', isOptional: true, hint: 'Then it must end in LIMIT' },
    { name: 'everyRow', label: 'May change every row', as: 'flag', hint: 'UPDATE and DELETE without WHERE' },
    { name: 'defaultSchema', label: 'Schema of a bare table', as: 'text', isOptional: true, hint: 'Empty: public' },
  ],
});
