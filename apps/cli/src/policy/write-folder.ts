import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { slugSchema } from '@portcullis/contracts';
import { kindFirst } from './ordered.js';
import { policyFiles } from './policy-files.js';
import type { Snapshot, SnapshotGrant } from './snapshot.js';
import { yamlText } from './yaml-text.js';

/** Writes what is in force; the same always gives the same bytes. Files that say something else are named, and left alone. */
export function writeFolder(
  folder: string,
  snapshot: Snapshot,
): { readonly written: readonly string[]; readonly leftAlone: readonly string[] } {
  const files = filesOf(snapshot);
  for (const [file, content] of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.tmp`, content);
    renameSync(`${path}.tmp`, path);
  }
  const others = ['tools', 'grants', 'policies'].flatMap((kind) =>
    namesIn(join(folder, kind)).map((name) => `${kind}/${name}`),
  );
  return { written: [...files.keys()], leftAlone: others.filter((file) => !files.has(file)) };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function filesOf({ environments, roles, servers, tools, grants, policies }: Snapshot): ReadonlyMap<string, string> {
  const files = new Map<string, string>([
    ['environments.yaml', yamlText({ environments: environments.map(({ id, name }) => ({ id, name })).sort(byId) })],
    ['roles.yaml', yamlText({ roles: roles.map(({ id, name }) => ({ id, name })).sort(byId) })],
  ]);
  for (const server of servers.map(safe).sort()) {
    const own = tools.filter((tool) => tool.server === server).sort(byId);
    const content = own.map(({ name, classes }) => ({ name, classes: classes.toSorted() }));
    files.set(`tools/${server}.yaml`, yamlText({ server, tools: content }));
  }
  for (const environment of environments.map(({ id }) => safe(id)).sort()) {
    const own = grants.filter((grant) => grant.environment === environment).sort(byId);
    files.set(`grants/${environment}.yaml`, yamlText({ environment, grants: own.map(grantContent) }));
  }
  for (const [file, text] of policyFiles(policies)) files.set(file, text);
  return files;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
/** A name that becomes a path. */
const safe = (id: string) => slugSchema.parse(id);

/** Fields in the order in which people read them; what says nothing is left out. */
function grantContent(grant: SnapshotGrant): object {
  const { id, role, toolId, toolClass, task, constraints, obligations, notBefore, notAfter, staleSeconds } = grant;
  return {
    ...{ id, role },
    ...(toolId === null ? { class: toolClass } : { tool: toolId }),
    task,
    ...(constraints.length === 0 ? {} : { constraints: constraints.map(kindFirst) }),
    ...(obligations.length === 0 ? {} : { obligations: obligations.map(kindFirst) }),
    ...(notBefore === null ? {} : { from: new Date(notBefore).toISOString() }),
    ...(notAfter === null ? {} : { until: new Date(notAfter).toISOString() }),
    ...(staleSeconds === 0 ? {} : { staleSeconds }),
  };
}
