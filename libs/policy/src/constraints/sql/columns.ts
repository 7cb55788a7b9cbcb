import { refuse } from './not-allowed.js';
import type { Scope, Source } from './scope.js';
import { partsOf, textOf, type SqlNode } from './tree.js';

/**
 * A name of a column. Which table it is of only the catalog knows, so every table it could be of must list it: of the statement it
 * stands in and of those around, under that name or, when it has none before it, at all. A name of a whole row lists nothing.
 */
export function judgeColumn(node: SqlNode, { limit, sources }: Scope): void {
  if (!limit.hasColumns) return;
  const fields = partsOf(node, 'fields');
  const isStar = fields.at(-1)?.type === 'A_Star';
  const names = fields.filter((field) => field.type === 'String').map((field) => textOf(field, 'sval'));
  const [column, table] = isStar ? [undefined, names.at(-1)] : [names.at(-1), names.at(-2)];
  if (column !== undefined && table === undefined) return judgeBare(column, sources);
  const meant = table === undefined ? sources : sources.filter((source) => source.name === table);
  if (table !== undefined && meant.length === 0) refuse(`names ${table}, which is nothing that is read here`);
  for (const source of meant) judgeListed(column, source);
}

/** The columns a statement writes, or names without an expression. */
export function judgeNames(names: readonly string[], source: Source): void {
  for (const name of names) judgeListed(name, source);
}

function judgeBare(name: string, sources: readonly Source[]): void {
  for (const source of sources) {
    if (source.name === name && source.limits.length > 0)
      refuse(`names whole rows of ${source.limits[0]?.table ?? ''}`);
    judgeListed(name, source);
  }
}

function judgeListed(column: string | undefined, { limits }: Source): void {
  for (const { table, columns } of limits) {
    if (column === undefined) refuse(`names every column of ${table}`);
    if (!columns.has(column)) refuse(`names ${column}, which is not among the listed columns of ${table}`);
  }
}
