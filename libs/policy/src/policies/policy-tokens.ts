/** One token of a Cedar text. `start` and `end` count UTF-16 units; `value` is what a string says, without quotes and escapes. */
export interface Token {
  readonly kind: 'word' | 'string' | 'sign';
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /(?<skip>\s+|\/\/[^\n\r]*)|(?<word>[A-Za-z_][A-Za-z0-9_]*|[0-9]+)|(?<string>"(?:[^"\\]|\\[\s\S])*"?)|(?<sign>::|&&|\|\||==|!=|<=|>=|[\s\S])/uy;
const escape = /\\(?:u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|([\s\S]))/gu;
const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** The tokens of a text, comments and white space left out. Reads whatever it is given: what is no Cedar is a `sign`. Linear. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { skip, word, string } = match.groups ?? {};
    const [found] = match;
    if (skip !== undefined) continue;
    const kind = word !== undefined ? 'word' : string !== undefined ? 'string' : 'sign';
    const value = kind === 'string' ? unescaped(found) : found;
    tokens.push({ kind, text: found, value, start: match.index, end: match.index + found.length });
  }
  return tokens;
}

function unescaped(quoted: string): string {
  const inner = quoted.slice(1, quoted.endsWith('"') ? -1 : undefined);
  return inner.replace(escape, (_all, long: string | undefined, short: string | undefined, one: string) => {
    const digits = long ?? short;
    if (digits === undefined) return named[one] ?? one;
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
