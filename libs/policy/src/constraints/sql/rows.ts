import { refuse } from './not-allowed.js';
import { partOf, partsOf, textOf, type SqlNode } from './tree.js';

/** The statement as a whole gives at most `most` rows, and says so: LIMIT with a number, or VALUES with so many. */
export function judgeRows(statement: SqlNode, most: number | undefined): void {
  if (most === undefined) return;
  if (statement.type === 'SelectStmt') return judgeLimit(statement, most);
  if (partOf(statement, 'returningClause') === undefined) return;
  if (statement.type !== 'InsertStmt' || insertedRows(statement) > most)
    refuse(`returns rows without end; at most ${most} are allowed`);
}

function judgeLimit(select: SqlNode, most: number): void {
  const limit = partOf(select, 'limitCount');
  const count = limit?.type === 'A_Const' ? partOf(limit, 'ival') : undefined;
  if (!count || textOf(select, 'limitOption') !== 'LIMIT_OPTION_COUNT')
    return refuse(`has no LIMIT with a number; at most ${most} rows are allowed`);
  const rows = Number(count.words.get('ival') ?? 0);
  if (!(rows >= 0 && rows <= most)) refuse(`has LIMIT ${rows}, more than ${most}`);
}

/** How many rows an INSERT brings: those of its VALUES, one without any, no bound for a query. */
function insertedRows(insert: SqlNode): number {
  const values = partOf(insert, 'selectStmt');
  if (!values) return 1;
  return partsOf(values, 'targetList').length > 0 || textOf(values, 'op') !== 'SETOP_NONE'
    ? Infinity
    : partsOf(values, 'valuesLists').length;
}
