import type { StatementKind } from './limit.js';
import { refuse } from './not-allowed.js';
import { withSources, type Scope, type Source } from './scope.js';
import { tableName, tableSource } from './tables.js';
import { partOf, partsOf, textOf, type SqlNode } from './tree.js';

const verbs: Readonly<Record<StatementKind, string>> = {
  select: 'reads',
  insert: 'inserts into',
  update: 'updates',
  delete: 'deletes from',
  merge: 'merges into',
};

/** The table a statement writes, when it may be written so. It is never one of the queries of WITH. */
export function targetOf(node: SqlNode, scope: Scope, kind: StatementKind): Source {
  const relation = partOf(node, 'relation') ?? refuse('writes nothing that can be read');
  if (!scope.limit.statements.has(kind)) refuse(`${verbs[kind]} ${tableName(relation, scope)}, which is not allowed`);
  return tableSource(relation, scope, verbs[kind]);
}

/** RETURNING reads the rows that were written, as they are and as they were. The first of `sources` is what is written. */
export function judgeReturning(node: SqlNode, scope: Scope, sources: readonly Source[]): void {
  const returning = partOf(node, 'returningClause');
  const [target] = sources;
  if (!returning || !target) return;
  if (!scope.limit.statements.has('select')) refuse('reads what it wrote with RETURNING, which is not allowed');
  const others = partsOf(returning, 'options').map((option) => textOf(option, 'value'));
  const rows = ['old', 'new', ...others].map((name) => ({ ...target, name }));
  const inside = withSources(scope, [...sources, ...rows]);
  for (const part of partsOf(returning, 'exprs')) scope.judge(part, inside);
}

/** Whether an expression names a column at all: one that names none holds for every row or for none. */
export function hasColumn(node: SqlNode): boolean {
  if (node.type === 'ColumnRef') return true;
  return [...node.parts.values()].some((parts) => parts.some(hasColumn));
}
