/** Why a body is not taken: `syntax` is not JSON at all, `ambiguous` is JSON that two parsers may read differently. */
export type JsonTrouble = 'syntax' | 'ambiguous';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/**
 * Parses JSON that means the same to every reader: a member name that stands twice in one object, or `__proto__` as a member
 * name, is `ambiguous`. What passes was parsed once, by `JSON.parse`, and that value is both decided and executed.
 */
export function parseStrictJson(text: string): { readonly value: unknown } | { readonly trouble: JsonTrouble } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { trouble: 'syntax' };
  }
  return hasAmbiguousName(text) ? { trouble: 'ambiguous' } : { value };
}

/** Walks text that is known to be valid JSON, so that only strings, braces and colons matter. */
function hasAmbiguousName(text: string): boolean {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x7b) open.push(new Set());
    else if (code === 0x7d) open.pop();
    else if (code === quote) {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names !== undefined && isName(text, end)) {
        const name = nameAt(text, at, end);
        if (name === '__proto__' || names.has(name)) return true;
        names.add(name);
      }
      at = end;
    }
  }
  return false;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === colon;
}

function nameAt(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? String(JSON.parse(text.slice(start, end + 1))) : raw;
}
