import type { ConstraintOf } from '@portcullis/contracts';
import { listText, sizeText } from './constraint-words.js';

/** `a single SELECT over public.tickets, at most 100 rows`. */
export function sqlText(constraint: ConstraintOf<'sql'>): string {
  const { statements, tables, columns = {}, functions = [], maxRows, everyRow, defaultSchema } = constraint;
  const named = Object.keys(columns).filter((table) => !tables.includes(table));
  const every = everyRow ? ' (also of every row)' : '';
  return [
    `a single ${listText(statements.map((kind) => kind.toUpperCase()))}${every} over ${listText(
      [...named, ...tables].map((table) => tableText(table, columns[table])),
    )}`,
    ...(maxRows === undefined ? [] : [sizeText(undefined, maxRows, 'row')]),
    ...(functions.length === 0 ? [] : [`calling also ${functions.join(', ')}`]),
    ...(defaultSchema === undefined ? [] : [`names without a schema in ${defaultSchema}`]),
  ].join(', ');
}

function tableText(table: string, columns: readonly string[] | undefined): string {
  if (columns) return `${table} (only ${columns.join(', ')})`;
  return table.endsWith('.*') ? `any table of ${table.slice(0, -2)}` : table;
}
