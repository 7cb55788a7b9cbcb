import { refuse } from './not-allowed.js';
import { shapes } from './shapes.js';

/** A node of the parse tree whose every field is understood. */
export interface SqlNode {
  readonly type: string;
  readonly parts: ReadonlyMap<string, readonly SqlNode[]>;
  readonly words: ReadonlyMap<string, string | number | boolean>;
}

const deepest = 200;
const most = 4000;

/** The only statement of a parse tree. @throws NotAllowed on none, on several, and on anything in it that is not understood. */
export function onlyStatement(parsed: unknown): SqlNode {
  const statements = fieldOf(parsed, 'stmts') ?? [];
  if (!Array.isArray(statements) || statements.length === 0) refuse('holds no statement');
  if (statements.length > 1) refuse(`holds ${statements.length} statements, and one is allowed`);
  const budget = { nodes: most };
  return named(fieldOf(statements[0], 'stmt'), 0, budget);
}

/** The nodes of a field; none when the field is not there. */
export function partsOf(node: SqlNode, field: string): readonly SqlNode[] {
  return node.parts.get(field) ?? nothing;
}

/** The node of a field that has one. */
export function partOf(node: SqlNode, field: string): SqlNode | undefined {
  return node.parts.get(field)?.[0];
}

/** A text of a node; empty when it is not there, as the parser leaves out what is empty. */
export function textOf(node: SqlNode, field: string): string {
  const word = node.words.get(field);
  return typeof word === 'string' ? word : '';
}

/** The texts of the `String` nodes of a field: a name of several parts, or several names. */
export function namesOf(node: SqlNode, field: string): readonly string[] {
  return partsOf(node, field).map((part) => textOf(part, 'sval'));
}

const nothing: readonly SqlNode[] = [];

interface Budget {
  nodes: number;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}

/** `{"SelectStmt": {…}}`. */
function named(value: unknown, depth: number, budget: Budget): SqlNode {
  const [entry, ...others] = Object.entries(value ?? {});
  if (!entry || others.length > 0) return refuse('holds something that is not understood');
  return typed(entry[0], entry[1], depth, budget);
}

function typed(type: string, value: unknown, depth: number, budget: Budget): SqlNode {
  const shape = shapes.get(type) ?? refuse(unknown(type));
  if (depth > deepest) refuse(`is nested deeper than ${deepest} levels`);
  budget.nodes -= 1;
  if (budget.nodes < 0) refuse('has more parts than are read');
  const parts = new Map<string, readonly SqlNode[]>();
  const words = new Map<string, string | number | boolean>();
  for (const [field, held] of Object.entries(value ?? {})) {
    const only = shape.typed.get(field);
    if (only !== undefined) parts.set(field, [typed(only, held, depth + 1, budget)]);
    else if (shape.nodes.has(field)) parts.set(field, nodesIn(held, depth + 1, budget));
    else if (shape.words.has(field) && isWord(held)) words.set(field, held);
    else refuse(unknown(`${type}.${field}`));
  }
  return { type, parts, words };
}

function nodesIn(held: unknown, depth: number, budget: Budget): readonly SqlNode[] {
  if (!Array.isArray(held)) return [named(held, depth, budget)];
  return held.flatMap((one: unknown) => (isEmpty(one) ? [] : [named(one, depth, budget)]));
}

/** How the parser writes that a list has an entry which says nothing, as for DISTINCT without ON. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isWord(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What the parser calls by the names of its nodes, called as in SQL. */
const called: Readonly<Record<string, string>> = {
  'SelectStmt.intoClause': 'SELECT INTO, which makes a table',
  'CommonTableExpr.search_clause': 'SEARCH',
  'CommonTableExpr.cycle_clause': 'CYCLE',
  'RangeFunction.coldeflist': 'a function with a list of column definitions',
  RangeTableSample: 'TABLESAMPLE',
  RangeTableFunc: 'XMLTABLE',
  JsonTable: 'JSON_TABLE',
  CurrentOfExpr: 'WHERE CURRENT OF',
  MergeSupportFunc: 'MERGE_ACTION',
};

function unknown(name: string): string {
  const plain = Object.hasOwn(called, name) ? called[name] : undefined;
  if (plain !== undefined) return `uses ${plain}, which is never allowed`;
  const statement = /^(.+)Stmt$/.exec(name)?.[1];
  if (statement === undefined) return `uses ${name}, which is not understood`;
  return `is ${statement.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase()}, which is never allowed`;
}
