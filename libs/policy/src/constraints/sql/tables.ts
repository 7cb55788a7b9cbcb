import { refuse } from './not-allowed.js';
import { withSources, type Scope, type Source } from './scope.js';
import { partOf, partsOf, textOf, type SqlNode } from './tree.js';

/** A table as PostgreSQL finds it: what begins with pg_ is looked for in the catalog first. */
export function tableName(node: SqlNode, { limit }: Scope): string {
  if (textOf(node, 'catalogname') !== '') refuse('names a table of another database');
  const name = textOf(node, 'relname');
  const schema = textOf(node, 'schemaname') || (name.startsWith('pg_') ? 'pg_catalog' : limit.defaultSchema);
  if ([schema, name].some((part) => part.includes('.'))) refuse('names a table with a dot in its name');
  return `${schema}.${name}`;
}

/** A table that a statement names, when the constraint lists it. `verb` says what it does with it. */
export function tableSource(node: SqlNode, scope: Scope, verb: string): Source {
  const table = tableName(node, scope);
  if (!scope.limit.isListed(table)) refuse(`${verb} ${table}, which is not listed`);
  const limit = scope.limit.columnsOf(table);
  if (limit && hasColumnNames(node)) refuse(`gives the columns of ${table} other names`);
  return { name: aliasOf(node) ?? textOf(node, 'relname'), limits: limit ? [limit] : [] };
}

/** What stands in FROM, USING or a MERGE's source, by name; the tables among it are listed and may be read. */
export function sourcesOf(nodes: readonly SqlNode[], scope: Scope): readonly Source[] {
  return nodes.flatMap((node) => {
    if (node.type === 'RangeVar') return [isQuery(node, scope) ? derived(node, node) : readTable(node, scope)];
    if (node.type === 'JoinExpr') return joinSources(node, scope);
    return [derived(node, undefined)];
  });
}

/** Judges what stands in FROM from within. `own` are its sources: what is LATERAL, a function or a condition sees them. */
export function judgeSources(nodes: readonly SqlNode[], scope: Scope, own: readonly Source[]): void {
  const inside = withSources(scope, own);
  for (const node of nodes) {
    if (node.type === 'RangeSubselect') {
      const isLateral = node.words.get('lateral') === true;
      for (const part of partsOf(node, 'subquery')) scope.judge(part, isLateral ? inside : scope);
    } else if (node.type === 'RangeFunction') {
      for (const part of partsOf(node, 'functions')) scope.judge(part, inside);
    } else if (node.type === 'JoinExpr') {
      judgeSources([...partsOf(node, 'larg'), ...partsOf(node, 'rarg')], scope, own);
      for (const part of partsOf(node, 'quals')) scope.judge(part, inside);
    } else if (node.type !== 'RangeVar') refuse(`reads ${node.type}, which is not understood`);
  }
}

function readTable(node: SqlNode, scope: Scope): Source {
  if (!scope.limit.statements.has('select')) refuse(`reads ${tableName(node, scope)}, which is not allowed`);
  return tableSource(node, scope, 'reads');
}

function isQuery(node: SqlNode, { queries }: Scope): boolean {
  return textOf(node, 'schemaname') === '' && queries.has(textOf(node, 'relname'));
}

function derived(node: SqlNode, table: SqlNode | undefined): Source {
  return { name: aliasOf(node) ?? (table ? textOf(table, 'relname') : ''), limits: [] };
}

/** Both sides, and what names them together. */
function joinSources(node: SqlNode, scope: Scope): readonly Source[] {
  const sides = sourcesOf([...partsOf(node, 'larg'), ...partsOf(node, 'rarg')], scope);
  const limits = sides.flatMap((side) => side.limits);
  if (limits.length > 0 && node.words.get('isNatural') === true) refuse('joins by NATURAL, which names no columns');
  if (limits.length > 0 && hasColumnNames(node)) refuse('gives the columns of a join other names');
  for (const name of partsOf(node, 'usingClause').map((part) => textOf(part, 'sval')))
    for (const { table, columns } of limits)
      if (!columns.has(name)) refuse(`joins by ${name} of ${table}, which is not listed`);
  const names = ['alias', 'join_using_alias'].map((field) => nameIn(node, field));
  return [...sides, ...names.flatMap((name) => (name === undefined ? [] : [{ name, limits }]))];
}

function aliasOf(node: SqlNode): string | undefined {
  return nameIn(node, 'alias');
}

function nameIn(node: SqlNode, field: string): string | undefined {
  const alias = partOf(node, field);
  return alias && textOf(alias, 'aliasname');
}

function hasColumnNames(node: SqlNode): boolean {
  const alias = partOf(node, 'alias');
  return alias !== undefined && partsOf(alias, 'colnames').length > 0;
}
