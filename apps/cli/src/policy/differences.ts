import { isDeepStrictEqual } from 'node:util';
import type { Wanted, WantedFolder } from './wanted.js';
import type { Snapshot, SnapshotGrant, SnapshotPolicy } from './snapshot.js';

/** What fits into one revision. */
export const mostEdits = 500;

/** One object that the files want otherwise than it is. */
export interface Difference extends Wanted {
  readonly act: 'create' | 'change' | 'revoke' | 'retire';
}

/**
 * What the files want otherwise than it is: what is not there, what differs, the grants of an environment whose file does not
 * name them, and the policies that `policies.yaml` does not name. What no file speaks of is left as it is, and said.
 */
export function differences(
  snapshot: Snapshot,
  folder: WantedFolder,
): { readonly made: readonly Difference[]; readonly unmanaged: readonly string[] } {
  const held = heldOf(snapshot);
  const made = folder.wanted.flatMap((wanted): Difference[] => {
    const is = held.get(`${wanted.kind} ${wanted.id}`);
    if (is === undefined) return [{ ...wanted, act: 'create' }];
    return isDeepStrictEqual(is, wanted.value) ? [] : [{ ...wanted, act: 'change' }];
  });
  const named = new Set(folder.wanted.map(({ kind, id }) => `${kind} ${id}`));
  const gone = snapshot.grants.flatMap(({ id, environment }): Difference[] => {
    const file = folder.grantFiles.get(environment);
    if (file === undefined || named.has(`grant ${id}`)) return [];
    return [{ act: 'revoke', kind: 'grant', id, value: null, file, ...nowhere }];
  });
  const retired = (folder.files.has(policiesFile) ? snapshot.policies : [])
    .filter(({ id }) => !named.has(`policy ${id}`))
    .map(({ id }): Difference => ({ act: 'retire', kind: 'policy', id, value: null, file: policiesFile, ...nowhere }));
  return { made: [...made, ...gone, ...retired], unmanaged: unmanagedOf(snapshot, folder, named) };
}

const policiesFile = 'policies.yaml';
const nowhere = { line: undefined, placeOf: undefined };

function heldOf({ environments, roles, tools, grants, policies }: Snapshot): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ...environments.map(({ id, name }) => [`environment ${id}`, { name }] as const),
    ...roles.map(({ id, name }) => [`role ${id}`, { name }] as const),
    ...tools.map(({ id, classes }) => [`tool ${id}`, { classes: classes.toSorted() }] as const),
    ...grants.map((grant) => [`grant ${grant.id}`, contentOf(grant)] as const),
    ...policies.map((policy) => [`policy ${policy.id}`, policyContent(policy)] as const),
  ]);
}

function contentOf({ id: _id, ...content }: SnapshotGrant): object {
  return content;
}

/** However its lines end: Git may have changed that. */
function policyContent({ name, environment, text, tests }: SnapshotPolicy): object {
  return { name, environment, text: text.replaceAll('\r\n', '\n'), tests };
}

function unmanagedOf(
  snapshot: Snapshot,
  { grantFiles, files }: WantedFolder,
  named: ReadonlySet<string>,
): readonly string[] {
  const said: string[] = [];
  const count = (kind: string, ids: readonly string[]) => ids.filter((id) => !named.has(`${kind} ${id}`));
  for (const [kind, file, ids] of [
    ['environment', 'environments.yaml', snapshot.environments.map(({ id }) => id)],
    ['role', 'roles.yaml', snapshot.roles.map(({ id }) => id)],
  ] as const)
    for (const id of files.has(file) ? count(kind, ids) : []) said.push(`${kind} ${id} is in no file and stays`);
  for (const id of count(
    'tool',
    snapshot.tools.map((tool) => tool.id),
  ))
    if (files.has(`tools/${id.slice(0, id.indexOf('/'))}.yaml`)) said.push(`tool ${id} is in no file and stays`);
  for (const environment of new Set(snapshot.grants.map((grant) => grant.environment)))
    if (!grantFiles.has(environment)) said.push(`the grants of ${environment} are in no file and stay`);
  if (snapshot.policies.length > 0 && !files.has(policiesFile)) said.push('the policies are in no file and stay');
  for (const { id, version, newestVersion } of snapshot.policies)
    if (newestVersion > version && files.has(policiesFile))
      said.push(`policy ${id} has a draft, version ${newestVersion}: files hold what is in force, version ${version}`);
  return said;
}
