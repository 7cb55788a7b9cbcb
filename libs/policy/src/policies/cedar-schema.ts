import type { ArgumentFields, ArgumentShape } from './argument-shape.js';
import { classPrefix } from './places-of.js';
import type { CataloguedTool } from './policy-catalogue.js';

type Json = Readonly<Record<string, unknown>>;

const leafTypes: Readonly<Record<Extract<ArgumentShape, { kind: 'leaf' }>['type'], Json>> = {
  string: { type: 'String' },
  long: { type: 'Long' },
  decimal: { type: 'Extension', name: 'decimal' },
  boolean: { type: 'Boolean' },
  strings: { type: 'Set', element: { type: 'String' } },
  longs: { type: 'Set', element: { type: 'Long' } },
  decimals: { type: 'Set', element: { type: 'Extension', name: 'decimal' } },
  booleans: { type: 'Set', element: { type: 'Boolean' } },
};
const text = { type: 'String' };
const optional = (type: Json) => ({ ...type, required: false });
const record = (attributes: Json) => ({ type: 'Record', attributes });

/**
 * The schema that policies about these tools are validated against, in Cedar's JSON form: an action per tool, in its classes,
 * with a context of its own. `attributes` are the names of the conversation's attributes that the policy reads: each a text.
 */
export function cedarSchema(tools: readonly CataloguedTool[], attributes: readonly string[]): Json {
  const classes = [...new Set(tools.flatMap((tool) => tool.classes))].map((name) => [`${classPrefix}${name}`, {}]);
  const actions = tools.map((tool) => [
    tool.id,
    {
      memberOf: tool.classes.map((name) => ({ id: `${classPrefix}${name}` })),
      appliesTo: { principalTypes: ['Agent'], resourceTypes: ['Server'], context: contextOf(tool, attributes) },
    },
  ]);
  return {
    '': {
      entityTypes: {
        Agent: { shape: record({ roles: { type: 'Set', element: text } }) },
        Server: { memberOfTypes: ['Environment'] },
        Environment: {},
      },
      actions: Object.fromEntries([...classes, ...actions]) as Json,
    },
  };
}

function contextOf({ fields }: CataloguedTool, attributes: readonly string[]): Json {
  return record({
    arguments: record(attributesOf(fields ?? new Map())),
    role: text,
    task: text,
    instance: text,
    user: optional(text),
    conversation: optional(record(Object.fromEntries(attributes.map((name) => [name, optional(text)])))),
    time: record({ at: { type: 'Extension', name: 'datetime' }, hour: { type: 'Long' }, weekday: text }),
    // A guard supplies them all: one that is missing after all is read in vain, and so denies.
    signals: record({
      recentRate: { type: 'Long' },
      provenance: { type: 'Set', element: text },
      labels: record({ trust: text, secrecy: text }),
      scorer: { type: 'Extension', name: 'decimal' },
    }),
  });
}

function attributesOf(fields: ArgumentFields): Json {
  const readable = [...fields].filter(([, shape]) => shape.kind !== 'opaque');
  return Object.fromEntries(readable.map(([name, shape]) => [name, { ...typeOf(shape), required: shape.required }]));
}

function typeOf(shape: ArgumentShape): Json {
  if (shape.kind === 'record') return record(attributesOf(shape.fields));
  return shape.kind === 'leaf' ? leafTypes[shape.type] : {};
}
