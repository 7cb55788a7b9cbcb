import { sqlTextLimit, type ConstraintOf } from '@portcullis/contracts';
import type { SqlEngine } from '../../engines.js';
import type { ValueRule } from '../constraint-check.js';
import { sqlLimit } from './limit.js';
import { NotAllowed, refuse } from './not-allowed.js';
import { judgeRows } from './rows.js';
import { judge } from './statements.js';
import { judgeText } from './text.js';
import { onlyStatement } from './tree.js';

/**
 * Text that is one statement of PostgreSQL's SQL within the limits. The whole parse tree is walked, and what is not known is
 * refused. Throws when the host has no engine for SQL.
 */
export function compileSql(
  constraint: Omit<ConstraintOf<'sql'>, 'path' | 'kind'>,
  sql: SqlEngine | undefined,
): ValueRule {
  if (!sql) throw new Error('there is no engine for SQL');
  const limit = sqlLimit(constraint);
  const check = (value: unknown) => {
    try {
      if (typeof value !== 'string') return 'is not text';
      judgeText(value);
      const statement = onlyStatement(parsed(sql, value));
      if (statement.type === 'SelectStmt' && !limit.statements.has('select')) refuse('reads, which is not allowed');
      judge(statement, { limit, queries: new Set(), sources: [], judge });
      judgeRows(statement, limit.maxRows);
      return undefined;
    } catch (error) {
      return error instanceof NotAllowed ? error.message : 'cannot be read';
    }
  };
  return { check, mostText: sqlTextLimit };
}

/** @throws NotAllowed with the parser's words on what is no SQL. */
function parsed(sql: SqlEngine, text: string): unknown {
  try {
    return sql.parse(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return refuse(`is not SQL that can be read: ${words.slice(0, longestWords)}`);
  }
}

const longestWords = 120;
