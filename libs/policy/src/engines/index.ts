import { sha256Text } from '@portcullis/contracts/signed';
import type { CedarEngine, Engines } from '../engines.js';
import { loadCedarEngine, loadDraftCedarEngine } from './cedar-engine.js';
import { schemaEngine } from './schema-engine.js';
import { loadSqlEngine } from './sql-engine.js';

let loaded: Promise<Engines> | undefined;
let drafts: Promise<CedarEngine> | undefined;

/** The engines for hosts on Node, loaded once for the whole process. Rejects when one cannot be loaded. */
export function loadEngines(): Promise<Engines> {
  loaded ??= load();
  return loaded;
}

/** Cedar for checking and trying texts that are not in force: what it has seen does not stay in memory. */
export function loadDraftEngine(): Promise<CedarEngine> {
  drafts ??= new Promise((resolve) => resolve(loadDraftCedarEngine()));
  return drafts;
}

async function load(): Promise<Engines> {
  return { sql: await loadSqlEngine(), cedar: loadCedarEngine(), schema: schemaEngine(), hash: { sha256: sha256Text } };
}
