import type { ElicitRequestFormParams } from '@modelcontextprotocol/sdk/types.js';

export type FormSchema = ElicitRequestFormParams['requestedSchema'];

const plain: FormSchema = {
  type: 'object',
  properties: { response: { type: 'string', description: "User's response" } },
  required: ['response'],
};

/** SEP-1034: a default for each primitive type. */
const defaults: FormSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', default: 'John Doe' },
    age: { type: 'integer', default: 30 },
    score: { type: 'number', default: 95.5 },
    status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', default: true },
  },
};

const titled = [
  { const: 'value1', title: 'First' },
  { const: 'value2', title: 'Second' },
  { const: 'value3', title: 'Third' },
];
const untitled = ['option1', 'option2', 'option3'];

/** SEP-1330: the five ways to write an enumeration. */
const enums: FormSchema = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: untitled },
    titledSingle: { type: 'string', oneOf: titled },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2'], enumNames: ['Option One', 'Option Two'] },
    untitledMulti: { type: 'array', items: { type: 'string', enum: untitled } },
    titledMulti: { type: 'array', items: { anyOf: titled } },
  },
};

export const elicitationForms = { plain, defaults, enums };
