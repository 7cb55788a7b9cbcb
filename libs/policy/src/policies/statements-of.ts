import type { Token } from './policy-tokens.js';

/** One statement as its tokens stand: annotations before the effect, and how deep and long it is. */
export interface StatementTokens {
  readonly tokens: readonly Token[];
  /** The `permit`, `forbid` or whatever word stands where an effect should; absent in what is no statement. */
  readonly effect: Token | undefined;
  readonly annotations: readonly { readonly name: Token; readonly value: Token | undefined }[];
  readonly depth: number;
  readonly operators: number;
}

const opening: ReadonlySet<string> = new Set(['(', '[', '{']);
const closing: ReadonlySet<string> = new Set([')', ']', '}']);
const operators: ReadonlySet<string> = new Set(['.', '[', '+', '-', '*', '&&', '||', 'if', '!']);

/** Cuts a text at the semicolons outside brackets; what follows the last one is a statement too. */
export function statementsOf(tokens: readonly Token[]): readonly StatementTokens[] {
  const statements: StatementTokens[] = [];
  let begin = 0;
  let depth = 0;
  tokens.forEach((token, index) => {
    if (opening.has(token.text)) depth += 1;
    if (closing.has(token.text)) depth = Math.max(0, depth - 1);
    if (token.text !== ';' || depth > 0) return;
    statements.push(statement(tokens.slice(begin, index + 1)));
    begin = index + 1;
  });
  return begin < tokens.length ? [...statements, statement(tokens.slice(begin))] : statements;
}

function statement(tokens: readonly Token[]): StatementTokens {
  const annotations: { name: Token; value: Token | undefined }[] = [];
  let at = 0;
  while (tokens[at]?.text === '@') {
    const name = tokens[at + 1];
    const hasValue = tokens[at + 2]?.text === '(';
    if (name) annotations.push({ name, value: hasValue ? tokens[at + 3] : undefined });
    at += hasValue ? 5 : 2;
  }
  const effect = tokens[at]?.kind === 'word' ? tokens[at] : undefined;
  return { tokens, effect, annotations, ...sizes(tokens) };
}

function sizes(tokens: readonly Token[]): Pick<StatementTokens, 'depth' | 'operators'> {
  let [depth, deepest, count] = [0, 0, 0];
  for (const { text } of tokens) {
    if (opening.has(text)) deepest = Math.max(deepest, (depth += 1));
    if (closing.has(text)) depth = Math.max(0, depth - 1);
    if (operators.has(text)) count += 1;
  }
  return { depth: deepest, operators: count };
}
