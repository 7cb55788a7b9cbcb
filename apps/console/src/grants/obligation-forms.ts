import type { ObligationOf, QuotaSubject, QuotaWindow, Redactable } from '@portcullis/contracts';
import { namedWords } from './named-words.js';
import type { PartForm } from './part-form.js';

type Label = ObligationOf<'label'>;

const windows = namedWords<QuotaWindow>({ day: true, hour: true, minute: true });
const subjects = namedWords<QuotaSubject>({ agent: true, user: true, conversation: true });
const redactables = namedWords<Redactable>({
  email: true,
  card: true,
  iban: true,
  ssn: true,
  phone: true,
  secret: true,
});
const trusts = namedWords<NonNullable<Label['trust']>>({ trusted: true, untrusted: true });
const secrecies = namedWords<NonNullable<Label['secrecy']>>({ public: true, internal: true, secret: true });

const inResult = 'Into the structured result, one a line; items.*.price is the price of every item';

/** Every kind of obligation. */
export const obligationForms: readonly PartForm[] = [
  {
    kind: 'approval',
    label: 'a person approves the call',
    fields: [
      { name: 'group', label: 'Who approves', as: 'text', hint: 'A group of approvers, such as finance' },
      { name: 'unless', label: 'Unless', as: 'parts', one: 'exception', isOptional: true },
    ],
  },
  {
    kind: 'quota',
    label: 'no more than so often, or so much',
    fields: [
      { name: 'calls', label: 'Calls at most', as: 'number', isOptional: true },
      {
        name: 'amount.path',
        label: 'Or the sum of',
        as: 'path',
        isOptional: true,
        hint: 'A parameter, such as amount',
      },
      { name: 'amount.max', label: 'Sum at most', as: 'number', isOptional: true },
      { name: 'window', label: 'In each', as: 'choice', options: windows },
      { name: 'per', label: 'For each', as: 'choice', options: subjects },
    ],
  },
  {
    kind: 'fields',
    label: 'only some fields of the result',
    fields: [
      { name: 'keep', label: 'Keep only', as: 'lines', isOptional: true, hint: inResult },
      { name: 'drop', label: 'Or drop', as: 'lines', isOptional: true, hint: inResult },
    ],
  },
  {
    kind: 'items',
    label: 'only some items of the result',
    fields: [
      { name: 'path', label: 'List in the result', as: 'text', hint: 'Such as documents' },
      { name: 'where', label: 'Keep items where', as: 'parts', one: 'item limit' },
    ],
  },
  {
    kind: 'redact',
    label: 'black out what is personal or secret',
    fields: [
      { name: 'what', label: 'What', as: 'choices', options: redactables, isOptional: true },
      { name: 'patterns', label: 'RE2 expressions, one a line', as: 'lines', isOptional: true },
    ],
  },
  {
    kind: 'size',
    label: 'a result of at most a size',
    fields: [{ name: 'maxBytes', label: 'Bytes at most', as: 'number', hint: '65536 is 64 KiB' }],
  },
  {
    kind: 'label',
    label: 'label the result',
    fields: [
      { name: 'trust', label: 'Trust', as: 'choice', options: ['', ...trusts], isOptional: true },
      { name: 'secrecy', label: 'Secrecy', as: 'choice', options: ['', ...secrecies], isOptional: true },
    ],
  },
  {
    kind: 'audit',
    label: 'how much is recorded',
    fields: [{ name: 'level', label: 'Record', as: 'choice', options: ['full', 'digest'] }],
  },
];
