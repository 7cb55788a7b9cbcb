import { sha256Text } from '@portcullis/contracts/signed';
import type { Engines } from '../engines.js';
import { loadSqlEngine } from './sql-engine.js';

let loaded: Promise<Engines> | undefined;

/** The engines for hosts on Node, loaded once for the whole process. Rejects when one cannot be loaded. */
export function loadEngines(): Promise<Engines> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Engines> {
  return { sql: await loadSqlEngine(), hash: { sha256: sha256Text } };
}
