import type { IdentityForm } from '@portcullis/contracts';
import { namedWords } from './named-words.js';
import type { FieldForm, PartForm } from './part-form.js';
import { sqlForm } from './sql-form.js';

const path: FieldForm = { name: 'path', label: 'Parameter', as: 'path' };
const number = (label: string): FieldForm => ({ name: 'value', label, as: 'number' });
const least: FieldForm = { name: 'min', label: 'At least', as: 'number', isOptional: true };
const most: FieldForm = { name: 'max', label: 'At most', as: 'number', isOptional: true };
const identityForms = namedWords<IdentityForm>({ email: true, url: true, account: true, phone: true, text: true });
const claims = ['user', 'agent', 'role', 'environment', 'conversation.'];
const literal = 'A text, a number, true or false; "100" in quotes is a text';

/** The kinds that say something of one value. */
export const valueForms: readonly PartForm[] = [
  { kind: 'max', label: 'at most', fits: ['number'], fields: [path, number('At most')] },
  { kind: 'min', label: 'at least', fits: ['number'], fields: [path, number('At least')] },
  {
    kind: 'one-of',
    label: 'one of a list',
    fits: ['string', 'number'],
    fields: [path, { name: 'values', label: 'Values, one a line', as: 'scalars', hint: literal }],
  },
  {
    kind: 'equal',
    label: 'exactly a value',
    fits: ['boolean', 'string', 'number'],
    fields: [path, { name: 'value', label: 'Value', as: 'scalar', hint: literal }],
  },
  {
    kind: 'equal-claim',
    label: 'equal to a claim of the token',
    fits: ['string'],
    fields: [
      path,
      {
        ...{ name: 'claim', label: 'Claim', as: 'offered', options: claims },
        hint: 'conversation.customerId is what the record of the conversation says',
      },
    ],
  },
  { kind: 'length', label: 'text of a length', fits: ['string'], fields: [path, least, most] },
  {
    kind: 'prefix',
    label: 'text that begins with',
    fits: ['string'],
    fields: [path, { name: 'prefix', label: 'Begins with', as: 'text' }],
  },
  {
    kind: 'glob',
    label: 'text that fits a glob',
    fits: ['string'],
    fields: [path, { name: 'glob', label: 'Glob', as: 'text', hint: '* within a segment, ** across segments' }],
  },
  {
    kind: 'pattern',
    label: 'text that matches a pattern',
    fits: ['string'],
    fields: [path, { name: 'pattern', label: 'RE2 expression', as: 'text', hint: 'It has to match the whole text' }],
  },
  {
    kind: 'hosts',
    label: 'address at listed hosts',
    fits: ['string'],
    fields: [
      path,
      { name: 'hosts', label: 'Hosts, one a line', as: 'lines', hint: 'api.example.com or *.example.com' },
      {
        ...{ name: 'schemes', label: 'Schemes', as: 'choices', options: ['https', 'http', 'wss', 'ws'] },
        ...{ isOptional: true, hint: 'https unless others are chosen' },
      },
    ],
  },
  {
    kind: 'cidr',
    label: 'IP address in listed networks',
    fits: ['string'],
    fields: [
      path,
      { name: 'networks', label: 'Networks, one a line', as: 'lines', hint: '10.0.0.0/8 or 2001:db8::/32' },
    ],
  },
  sqlForm(path),
  { kind: 'forbidden', label: 'not given at all', fields: [path] },
  {
    kind: 'provenance',
    label: 'from the user or a directory',
    fields: [
      path,
      { name: 'as', label: 'Compared as', as: 'choice', options: identityForms },
      {
        ...{ name: 'request', label: 'From the user’s own request', as: 'flag' },
        hint: 'As the host registered it in the record of the conversation',
      },
      {
        ...{ name: 'directories', label: 'Directories, one a line', as: 'lines', isOptional: true },
        see: { to: '/directories', words: 'See the directories' },
      },
    ],
  },
];

/** Every kind of constraint, in the order in which they are offered where nothing is known of the parameter. */
export const constraintForms: readonly PartForm[] = [
  ...valueForms,
  { kind: 'schema', label: 'all arguments as the tool’s schema says', fields: [] },
  {
    kind: 'items',
    label: 'list with limits on its items',
    fits: ['array'],
    fields: [
      path,
      { ...least, label: 'Items at least' },
      { ...most, label: 'Items at most' },
      { name: 'each', label: 'Each item', as: 'parts', one: 'item limit', isOptional: true },
    ],
  },
];
