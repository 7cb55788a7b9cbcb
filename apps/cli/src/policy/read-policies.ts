import { join } from 'node:path';
import { policyLimits, slugSchema, type PolicyTest } from '@portcullis/contracts';
import { FilesRefused, type FileProblem } from './file-problem.js';
import { policiesFile, testsFile, type FilePolicy } from './file-schemas.js';
import { parsed, sameAsName } from './parsed.js';
import { readText } from './read-text.js';
import { readYaml, type ReadYaml } from './read-yaml.js';
import type { Wanted } from './wanted.js';

const index = 'policies.yaml';

/** The policies that `policies.yaml` names, each with its text and its tests. What that file does not name is a problem, not a policy. */
export function policiesIn(
  folder: string,
  files: readonly string[],
): { readonly wanted: readonly Wanted[]; readonly problems: readonly FileProblem[] } {
  const own = files.filter((file) => file.startsWith('policies/'));
  const problems: FileProblem[] = own.flatMap((file) => misnamed(file, own));
  const wanted: Wanted[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof FilesRefused)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const named = files.includes(index) ? attempt(() => indexIn(folder)) : { policies: [], at: undefined };
  for (const [n, policy] of (named?.policies ?? []).entries()) {
    const one = attempt(() => policyIn(folder, own, policy, n, named?.at));
    if (one) wanted.push(one);
  }
  if (named) problems.push(...unnamed(own, new Set(named.policies.map(({ id }) => id))));
  return { wanted, problems };
}

function indexIn(folder: string): { readonly policies: readonly FilePolicy[]; readonly at: ReadYaml } {
  const at = readYaml(join(folder, index), index);
  return { policies: parsed(policiesFile, index, at).policies, at };
}

function policyIn(
  folder: string,
  files: readonly string[],
  { id, name, environment }: FilePolicy,
  n: number,
  at: ReadYaml | undefined,
): Wanted {
  const lineOf = (field: readonly string[]) => at?.lineOf(['policies', n, ...field]);
  const file = `policies/${id}.cedar`;
  const testFile = `policies/${id}.yaml`;
  for (const needed of [file, testFile])
    if (!files.includes(needed))
      throw new FilesRefused([{ file: index, line: lineOf([]), field: id, message: `${needed} is not there` }]);
  const text = readText(join(folder, file), file).replaceAll('\r\n', '\n');
  if (text.length > policyLimits.text)
    throw new FilesRefused([{ file, message: `a policy is at most ${policyLimits.text} characters long` }]);
  const { tests, at: testsAt } = testsIn(folder, testFile);
  return {
    ...{ kind: 'policy', id, value: { name, environment: environment ?? null, text, tests }, file, line: undefined },
    placeOf: ([first = '', ...rest]) => {
      if (first === 'tests') return { file: testFile, line: testsAt.lineOf(['tests', ...rest]) };
      const isOfIndex = ['id', 'name', 'environment'].includes(first);
      return isOfIndex ? { file: index, line: lineOf([first]) } : { file, line: undefined };
    },
  };
}

function testsIn(folder: string, file: string): { readonly tests: readonly PolicyTest[]; readonly at: ReadYaml } {
  const at = readYaml(join(folder, file), file);
  const { policy, tests } = parsed(testsFile, file, at);
  sameAsName(file, 'policy', policy, at);
  return { tests, at };
}

const idOf = (file: string) => file.replace(/^policies\/|\.(cedar|ya?ml)$/g, '');

/** Some disks hold only one of two names that differ in case, so neither is read. */
function misnamed(file: string, files: readonly string[]): readonly FileProblem[] {
  const same = files.find((other) => other !== file && other.toLowerCase() === file.toLowerCase());
  if (same !== undefined) return [{ file, message: `differs from ${same} in nothing but upper and lower case` }];
  const isRead = slugSchema.safeParse(idOf(file)).success && !file.endsWith('.yml');
  return isRead ? [] : [{ file, message: 'is called after no policy: POLICY.cedar, or POLICY.yaml with its tests' }];
}

function unnamed(files: readonly string[], named: ReadonlySet<string>): readonly FileProblem[] {
  return files
    .filter((file) => slugSchema.safeParse(idOf(file)).success && !named.has(idOf(file)))
    .map((file) => ({ file, message: `${index} does not name it: name it there, or delete the file` }));
}
