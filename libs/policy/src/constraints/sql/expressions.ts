import { judgeColumn } from './columns.js';
import { refuse } from './not-allowed.js';
import { plainOperators, plainTypes, plainValues } from './plain-words.js';
import type { Scope } from './scope.js';
import { namesOf, partsOf, textOf, type SqlNode } from './tree.js';

/** Judges an expression: itself, then all that is in it. Statements in it are judged by `scope.judge`. */
export function judgeExpression(node: SqlNode, scope: Scope): void {
  own.get(node.type)?.(node, scope);
  for (const parts of node.parts.values()) for (const part of parts) scope.judge(part, scope);
}

const own: ReadonlyMap<string, (node: SqlNode, scope: Scope) => void> = new Map([
  ['ColumnRef', judgeColumn],
  ['FuncCall', judgeFunction],
  ['TypeName', judgeType],
  ['A_Expr', judgeOperation],
  ['SubLink', (node) => judgeOperator(namesOf(node, 'operName'))],
  ['SortBy', (node) => judgeOperator(namesOf(node, 'useOp'))],
  ['A_Indirection', judgeIndirection],
  ['SQLValueFunction', judgeValue],
  ['RangeVar', (node) => refuse(`names ${textOf(node, 'relname')} where no table is read`)],
]);

/** In the catalog or nowhere: `lower` and `pg_catalog.lower` are the same, `public.lower` is another. */
function plainName(names: readonly string[]): string {
  return names.length === 2 && names[0] === 'pg_catalog' ? (names[1] ?? '') : names.join('.');
}

function judgeFunction(node: SqlNode, { limit }: Scope): void {
  const names = namesOf(node, 'funcname');
  const isListed = limit.functions.has(plainName(names)) && !names.some((name) => name.includes('.'));
  if (!isListed) refuse(`calls ${names.join('.')}, which is not a listed function`);
}

function judgeType(node: SqlNode): void {
  const names = namesOf(node, 'names');
  const isPlain = node.words.get('setof') !== true && node.words.get('pct_type') !== true;
  if (!isPlain || !plainTypes.has(plainName(names))) refuse(`casts to ${names.join('.')}, which is not a plain type`);
}

function judgeOperation(node: SqlNode): void {
  if (!textOf(node, 'kind').includes('BETWEEN')) judgeOperator(namesOf(node, 'name'));
}

function judgeOperator(names: readonly string[]): void {
  if (names.length === 0 || plainOperators.has(plainName(names))) return;
  refuse(`uses the operator ${names.join('.')}, which is not a plain one`);
}

/** `(5).pg_sleep` is a call of pg_sleep, and `(t).x` a column without its table. */
function judgeIndirection(node: SqlNode): void {
  if (partsOf(node, 'indirection').some((part) => part.type !== 'A_Indices'))
    refuse('takes a part of a value with a dot, which may call a function');
}

function judgeValue(node: SqlNode): void {
  const name = textOf(node, 'op');
  if (!plainValues.has(name)) refuse(`asks for ${name.replace('SVFOP_', '')}, which is not allowed`);
}
