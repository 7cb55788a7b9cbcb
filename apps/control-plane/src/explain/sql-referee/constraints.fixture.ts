import type { SqlConstraint } from './database.fixture.js';

const sql = (limit: Omit<SqlConstraint, 'kind' | 'path'>): SqlConstraint => ({ kind: 'sql', path: 'sql', ...limit });

/** From narrow to wide. */
export const constraints: Readonly<Record<string, SqlConstraint>> = {
  'one table, its columns, 100 rows': sql({
    statements: ['select'],
    tables: ['public.tickets'],
    columns: { 'public.tickets': ['id', 'customer', 'subject', 'status'] },
    maxRows: 100,
  }),
  'two schemas, columns of two tables': sql({
    statements: ['select'],
    tables: ['public.tickets', 'public.notes', 'crm.*'],
    columns: { 'public.tickets': ['id', 'customer', 'subject'], 'public.notes': ['ticket', 'body'] },
  }),
  'reading a schema': sql({ statements: ['select'], tables: ['public.tickets', 'crm.people'], maxRows: 5 }),
  'adding only': sql({ statements: ['insert'], tables: ['public.notes'] }),
  'adding columns': sql({
    statements: ['select', 'insert'],
    tables: ['public.notes', 'public.tickets'],
    columns: { 'public.notes': ['ticket', 'body'] },
  }),
  'changing columns': sql({
    statements: ['select', 'update'],
    tables: ['public.tickets'],
    columns: { 'public.tickets': ['id', 'status'] },
  }),
  'every kind': sql({
    statements: ['select', 'insert', 'update', 'delete', 'merge'],
    tables: ['public.tickets', 'public.notes'],
  }),
};
