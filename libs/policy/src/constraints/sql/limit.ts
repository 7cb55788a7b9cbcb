import type { ConstraintOf } from '@portcullis/contracts';
import { plainFunctions } from './plain-functions.js';

export type StatementKind = ConstraintOf<'sql'>['statements'][number];

/** The columns of a table that may be named. */
export interface ColumnLimit {
  readonly table: string;
  readonly columns: ReadonlySet<string>;
}

/** A constraint, made for asking. */
export interface SqlLimit {
  readonly statements: ReadonlySet<StatementKind>;
  readonly functions: ReadonlySet<string>;
  readonly maxRows: number | undefined;
  readonly everyRow: boolean;
  readonly defaultSchema: string;
  readonly hasColumns: boolean;
  readonly isListed: (table: string) => boolean;
  readonly columnsOf: (table: string) => ColumnLimit | undefined;
}

export function sqlLimit(constraint: Omit<ConstraintOf<'sql'>, 'path' | 'kind'>): SqlLimit {
  const { statements, tables, columns = {}, functions = [], maxRows, everyRow = false } = constraint;
  const listed: ReadonlySet<string> = new Set(tables);
  const limits = new Map(
    Object.entries(columns).map(([table, names]) => [table, { table, columns: new Set(names) }] as const),
  );
  return {
    statements: new Set(statements),
    functions: new Set([...plainFunctions, ...functions]),
    maxRows,
    everyRow,
    defaultSchema: constraint.defaultSchema ?? 'public',
    hasColumns: limits.size > 0,
    isListed: (table) => listed.has(table) || listed.has(`${table.split('.')[0] ?? ''}.*`),
    columnsOf: (table) => limits.get(table),
  };
}
