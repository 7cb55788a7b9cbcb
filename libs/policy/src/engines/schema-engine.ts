import { canonicalJson, longestDefinition } from '@portcullis/contracts';
import type { ErrorObject } from 'ajv';
import type { SchemaEngine } from '../engines.js';
import { tooMuch } from './schema/bounded-value.js';
import { closedSchema } from './schema/closed-schema.js';
import { compilerFor, dialectOf } from './schema/schema-dialect.js';

type Check = (value: unknown) => string | undefined;

const mostKept = 200;
const mostAsked = 50_000;

/**
 * JSON schema 2020-12 and draft-07 (ajv), closed: a property that the schema does not speak about is refused at every level,
 * unless it says itself what becomes of others. Patterns are RE2, formats are checked, references leave the schema nowhere, and
 * what one check may cost is bounded. A schema that cannot be used throws, and is thrown again for the same text at no cost.
 */
export function schemaEngine(): SchemaEngine {
  const kept = new Map<string, Check | Error>();
  return {
    compile: (schema) => {
      const text = canonicalJson(schema ?? true);
      const known = kept.get(text) ?? compiled(text);
      kept.delete(text);
      kept.set(text, known);
      if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
      if (known instanceof Error) throw known;
      return known;
    },
  };
}

function compiled(text: string): Check | Error {
  try {
    if (text.length > longestDefinition) return new Error(`it is longer than ${longestDefinition} characters`);
    return checkOf(JSON.parse(text));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function checkOf(schema: unknown): Check {
  let asked = 0;
  const compiler = compilerFor(dialectOf(schema), () => {
    asked += 1;
    if (asked > mostAsked) throw new Error('too much was asked');
  });
  const validate = compiler.compile(closedSchema(schema) as object);
  return (value) => {
    const much = tooMuch(value);
    if (much !== undefined) return `arguments ${much}`;
    asked = 0;
    try {
      return validate(value) ? undefined : wordsOf(validate.errors ?? []);
    } catch {
      return 'arguments take too long to check';
    }
  };
}

/** The last one: of a choice that failed it names the choice, and else it is the only one. */
function wordsOf(errors: readonly ErrorObject[]): string {
  const error = errors.at(-1);
  if (error === undefined) return 'arguments do not fit';
  const { instancePath, keyword, message = 'does not fit' } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const path = instancePath.split('/').slice(1).map(unescaped);
  const at = (...more: unknown[]) => [...path, ...more].join('.');
  if (keyword === 'unevaluatedProperties' || keyword === 'additionalProperties')
    return `${at(params['unevaluatedProperty'] ?? params['additionalProperty'])} is not in the tool's schema`;
  if (keyword === 'required') return `${at(params['missingProperty'])} is missing`;
  return `${at() || 'arguments'} ${message}`;
}

const unescaped = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');
