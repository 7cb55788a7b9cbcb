import type { ConstraintOf } from '@portcullis/contracts';
import { climbs } from './climbs.js';
import type { ValueCheck, ValueRule } from './constraint-check.js';
import { linearMatcher } from './linear-matcher.js';

/**
 * Text of segments between slashes. `*` is any run within one segment and `?` one character of it, `**` any run across
 * segments, and a whole segment `**` also none. It becomes an RE2 expression, so it is matched in linear time.
 */
export function compileGlob({ glob }: Pick<ConstraintOf<'glob'>, 'glob'>): ValueRule {
  const { longest, mostText, matches } = linearMatcher(expressionOf(glob));
  const check: ValueCheck = (value) => {
    if (typeof value !== 'string') return 'is not text';
    if (value.length > longest) return `is longer than the ${longest} characters the glob reads`;
    return climbs(value) ?? (matches(value) ? undefined : `does not fit ${glob}`);
  };
  return { check, mostText };
}

function expressionOf(glob: string): string {
  const parts = glob.matchAll(/(?<=^|\/)\*\*\/|\*{2,}|\*|\?|[^*?]+/g);
  return `(?s)${[...parts].map(([part]) => words[part] ?? (part.startsWith('**') ? '.*' : quoted(part))).join('')}`;
}

const words: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '*': '[^/]*', '?': '[^/]' };

function quoted(text: string): string {
  return text.replaceAll(/[.+^$(){}|[\]\\]/g, '\\$&');
}
