import type { Format, Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { canonicalJson } from '@portcullis/contracts';
import { linearMatcher } from '../../constraints/linear-matcher.js';

const longestFormat = 2048;

/** Added to every schema, to count how often one is asked. */
export const countKeyword = 'portcullisCount';

/** A pattern is found anywhere in a text, by RE2, which does not backtrack. Throws on one that RE2 has no words for. */
function re2(pattern: string): { readonly test: (text: string) => boolean } {
  const { matches, longest } = linearMatcher(`(?s:.*)(?:${inRe2(pattern)})(?s:.*)`);
  return { test: (text) => text.length <= longest && matches(text) };
}

/** ECMA-262 writes a character as `\u00e9`, RE2 as `\x{00e9}`. */
function inRe2(pattern: string): string {
  return pattern.replaceAll(/(?<!\\)((?:\\\\)*)\\u\{?([0-9A-Fa-f]{4,6})\}?/g, '$1\\x{$2}');
}

/** Whether a pattern has to be checked: of one that RE2 has no words for, a format that is known beside it says the same. */
export function isReplaced(pattern: string, format: unknown): boolean {
  if (typeof format !== 'string' || !Object.hasOwn(fullFormats, format)) return false;
  try {
    re2(pattern);
    return false;
  } catch {
    return true;
  }
}
const regExp = Object.assign(re2, { code: 're2' });

const options: Options = {
  strict: false,
  allErrors: false,
  ownProperties: true,
  strictNumbers: true,
  meta: false,
  validateSchema: false,
  logger: false,
  code: { regExp },
};

/** The dialects of JSON schema that are understood, by `$schema`; without one it is 2020-12, as MCP has it. */
export function dialectOf(schema: unknown): 'draft-07' | '2020-12' {
  const named = typeof schema === 'object' && schema !== null ? (schema as { $schema?: unknown }).$schema : undefined;
  if (named === undefined) return '2020-12';
  const dialect =
    typeof named === 'string' ? dialects.get(named.replace(/#$/, '').replace(/^https:/, 'http:')) : undefined;
  if (dialect === undefined) throw new Error('its $schema is none of 2020-12 and draft-07');
  return dialect;
}

const dialects: ReadonlyMap<string, 'draft-07' | '2020-12'> = new Map([
  ['http://json-schema.org/draft/2020-12/schema', '2020-12'],
  ['http://json-schema.org/draft-07/schema', 'draft-07'],
]);

/** A compiler of its own for one schema, so that what it names itself is known to no other. `count` is told of every schema asked. */
export function compilerFor(dialect: ReturnType<typeof dialectOf>, count: () => void): Ajv2019 | Ajv2020 {
  // 2019-09 reads all of draft-07, and knows what has been evaluated.
  const compiler = dialect === '2020-12' ? new Ajv2020(options) : new Ajv2019(options);
  for (const [name, format] of Object.entries(fullFormats)) compiler.addFormat(name, bounded(format));
  // The own one compares every item with every other.
  compiler.removeKeyword('uniqueItems').addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    validate: (isAsked: boolean, items: readonly unknown[]) => !isAsked || areUnique(items),
  });
  return compiler.addKeyword({
    keyword: countKeyword,
    validate: () => {
      count();
      return true;
    },
  });
}

/** Its expressions are the language's own and take more than linear time, so they read short texts only. */
function bounded(format: Format): Format {
  const test = textTest(format);
  return test ? { type: 'string', validate: (text: string) => text.length <= longestFormat && test(text) } : format;
}

function textTest(format: Format): ((text: string) => boolean) | undefined {
  const test: unknown = typeof format === 'object' && 'validate' in format ? format.validate : format;
  if (typeof format === 'object' && 'type' in format && format.type === 'number') return undefined;
  if (test instanceof RegExp) return (text) => test.test(text);
  return typeof test === 'function' ? (text) => Boolean(test(text)) : undefined;
}

function areUnique(items: readonly unknown[]): boolean {
  return new Set(items.map(canonicalJson)).size === items.length;
}
