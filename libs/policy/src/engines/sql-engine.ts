import { loadModule, parseSync } from 'libpg-query';
import type { SqlEngine } from '../engines.js';

/** The parser of PostgreSQL 18 (libpg-query, WebAssembly). Loads it at the first call, in about 0.1 s. */
export async function loadSqlEngine(): Promise<SqlEngine> {
  await loadModule();
  return { parse: (text) => parseSync(text) };
}
