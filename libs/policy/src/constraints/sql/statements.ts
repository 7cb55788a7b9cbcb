import { judgeNames } from './columns.js';
import { judgeExpression } from './expressions.js';
import { judgeMerge } from './merge.js';
import { refuse } from './not-allowed.js';
import { withSources, type Scope, type Source } from './scope.js';
import { judgeSources, sourcesOf } from './tables.js';
import { partOf, partsOf, textOf, type SqlNode } from './tree.js';
import { hasColumn, judgeReturning, targetOf } from './writing.js';

/** Judges a statement or an expression, wherever it stands. @throws NotAllowed */
export function judge(node: SqlNode, scope: Scope): void {
  const statement = statements.get(node.type);
  if (statement) statement(node, withQueries(node, scope));
  else judgeExpression(node, scope);
}

const statements: ReadonlyMap<string, (node: SqlNode, scope: Scope) => void> = new Map([
  ['SelectStmt', judgeSelect],
  ['InsertStmt', judgeInsert],
  ['UpdateStmt', judgeUpdate],
  ['DeleteStmt', judgeDelete],
  ['MergeStmt', judgeMerge],
]);

/** Judges the queries of WITH, each knowing those before it, as PostgreSQL does. RECURSIVE may never end. */
function withQueries(node: SqlNode, scope: Scope): Scope {
  const clause = partOf(node, 'withClause');
  if (!clause) return scope;
  if (clause.words.get('recursive') === true) refuse('uses WITH RECURSIVE, which is never allowed');
  const queries = new Set(scope.queries);
  for (const query of partsOf(clause, 'ctes')) {
    for (const part of partsOf(query, 'ctequery')) judge(part, { ...scope, queries: new Set(queries) });
    queries.add(textOf(query, 'ctename'));
  }
  return { ...scope, queries };
}

function judgeSelect(node: SqlNode, scope: Scope): void {
  if (partsOf(node, 'lockingClause').length > 0 && !scope.limit.statements.has('update'))
    refuse('locks rows with FOR, which needs update');
  const from = partsOf(node, 'fromClause');
  const own = sourcesOf(from, scope);
  judgeSources(from, scope, own);
  for (const side of [...partsOf(node, 'larg'), ...partsOf(node, 'rarg')]) judge(side, scope);
  const inside = withSources(scope, own);
  for (const field of selectFields) for (const part of partsOf(node, field)) judge(part, inside);
  judgeTargets(partsOf(node, 'targetList'), inside, own);
  const results = new Set(partsOf(node, 'targetList').map((target) => textOf(target, 'name')));
  for (const field of ['sortClause', 'distinctClause'])
    for (const part of partsOf(node, field)) if (!isResult(part, results)) judge(part, inside);
}

const selectFields = [
  'whereClause',
  'groupClause',
  'havingClause',
  'windowClause',
  'valuesLists',
  'limitOffset',
  'limitCount',
] as const;

/** A `*` of its own is of what is read here, and not of what is read around. */
function judgeTargets(targets: readonly SqlNode[], inside: Scope, own: readonly Source[]): void {
  for (const target of targets) judge(target, isStar(target) ? { ...inside, sources: own } : inside);
}

function isStar(target: SqlNode): boolean {
  const value = partOf(target, 'val');
  return value?.type === 'ColumnRef' && partOf(value, 'fields')?.type === 'A_Star';
}

/** ORDER BY and DISTINCT ON mean a result of that name before any column. */
function isResult(node: SqlNode, results: ReadonlySet<string>): boolean {
  const value = node.type === 'SortBy' ? partOf(node, 'node') : node;
  if (value?.type !== 'ColumnRef' || (node.type === 'SortBy' && partsOf(node, 'useOp').length > 0)) return false;
  const [name, ...more] = partsOf(value, 'fields');
  return name?.type === 'String' && more.length === 0 && results.has(textOf(name, 'sval'));
}

function judgeInsert(node: SqlNode, scope: Scope): void {
  const target = targetOf(node, scope, 'insert');
  for (const part of partsOf(node, 'selectStmt')) judge(part, scope);
  const columns = partsOf(node, 'cols');
  if (columns.length === 0 && partOf(node, 'selectStmt') && target.limits.length > 0)
    refuse(`inserts into every column of ${target.limits[0]?.table ?? ''}`);
  judgeWritten(columns, target, scope);
  const conflict = partOf(node, 'onConflictClause');
  if (conflict) judgeConflict(conflict, node, scope, target);
  judgeReturning(node, scope, [target]);
}

/** ON CONFLICT reads what it looks for a conflict in, and updates when it says so. */
function judgeConflict(conflict: SqlNode, node: SqlNode, scope: Scope, target: Source): void {
  const infer = partOf(conflict, 'infer');
  if (infer && !scope.limit.statements.has('select')) refuse('reads what it inserts into, which is not allowed');
  if (infer && textOf(infer, 'conname') !== '' && target.limits.length > 0)
    refuse('names a constraint, whose columns are not known');
  if (textOf(conflict, 'action') === 'ONCONFLICT_UPDATE') targetOf(node, scope, 'update');
  const inside = withSources(scope, [target, { ...target, name: 'excluded' }]);
  const names = infer ? partsOf(infer, 'indexElems').map((element) => textOf(element, 'name')) : [];
  judgeNames(
    names.filter((name) => name !== ''),
    target,
  );
  for (const part of [...(infer ? [infer] : []), ...partsOf(conflict, 'whereClause')]) judge(part, inside);
  judgeWritten(partsOf(conflict, 'targetList'), target, inside);
}

function judgeUpdate(node: SqlNode, scope: Scope): void {
  const target = targetOf(node, scope, 'update');
  judgeChanged(node, scope, target, partsOf(node, 'fromClause'));
}

function judgeDelete(node: SqlNode, scope: Scope): void {
  const target = targetOf(node, scope, 'delete');
  judgeChanged(node, scope, target, partsOf(node, 'usingClause'));
}

function judgeChanged(node: SqlNode, scope: Scope, target: Source, from: readonly SqlNode[]): void {
  const own = [target, ...sourcesOf(from, scope)];
  judgeSources(from, scope, own);
  const inside = withSources(scope, own);
  const where = partOf(node, 'whereClause');
  if (!scope.limit.everyRow && !(where && hasColumn(where)))
    refuse('changes every row: it has no WHERE that names a column');
  if (where) judge(where, inside);
  judgeWritten(partsOf(node, 'targetList'), target, inside);
  judgeReturning(node, scope, own);
}

/** Columns that are written: their names, then what is written into them. */
function judgeWritten(columns: readonly SqlNode[], target: Source, inside: Scope): void {
  judgeNames(
    columns.map((column) => textOf(column, 'name')),
    target,
  );
  for (const column of columns) judge(column, inside);
}
