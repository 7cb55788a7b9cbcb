import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environmentsFile, grantsFile, rolesFile, toolsFile, type FileGrant } from './file-schemas.js';
import { FilesRefused, type FileProblem } from './file-problem.js';
import { parsed, sameAsName } from './parsed.js';
import { policiesIn } from './read-policies.js';
import { readYaml, type ReadYaml } from './read-yaml.js';
import type { Wanted, WantedFolder } from './wanted.js';

const mostFiles = 1_000;
const known = /^(environments|roles|tools\/[a-z0-9-]+|grants\/[a-z0-9-]+)\.yaml$/;

/** Reads every file of the folder; throws `FilesRefused` with all that is wrong in all of them. */
export function readFolder(folder: string): WantedFolder {
  const files = filesIn(folder);
  const problems: FileProblem[] = [];
  const wanted: Wanted[] = [];
  const grantFiles = new Map<string, string>();
  for (const file of files.filter((one) => !/^policies(\.yaml$|\/)/.test(one))) {
    try {
      if (!known.test(file)) throw new FilesRefused([{ file, message: unknownFile }]);
      wanted.push(...wantedIn(file, readYaml(join(folder, file), file)));
      if (file.startsWith('grants/')) grantFiles.set(stem(file), file);
    } catch (error) {
      if (!(error instanceof FilesRefused)) throw error;
      problems.push(...error.problems);
    }
  }
  const policies = policiesIn(folder, files);
  wanted.push(...policies.wanted);
  problems.push(...policies.problems, ...twice(wanted));
  if (problems.length > 0) throw new FilesRefused(problems);
  return { wanted, files: new Set(files), grantFiles };
}

const unknownFile =
  'no such file is read; there are environments.yaml, roles.yaml, tools/SERVER.yaml, grants/ENVIRONMENT.yaml, policies.yaml, policies/POLICY.cedar and policies/POLICY.yaml';
const stem = (file: string) => file.replace(/^.*\/|\.yaml$/g, '');

function filesIn(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && /\.(ya?ml|cedar)$/.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
    if (files.length === 0)
      throw new FilesRefused([{ file: '.', message: 'there is no policy in this folder; export one first' }]);
    if (files.length > mostFiles)
      throw new FilesRefused([{ file: '.', message: `there are more than ${mostFiles} files` }]);
    return files;
  } catch (error) {
    if (error instanceof FilesRefused) throw error;
    throw new FilesRefused([
      { file: '.', message: `the folder cannot be read (${String((error as NodeJS.ErrnoException).code)})` },
    ]);
  }
}

function wantedIn(file: string, read: ReadYaml): readonly Wanted[] {
  if (file === 'environments.yaml') {
    const { environments } = parsed(environmentsFile, file, read);
    return environments.map(({ id, name }, n) => ({
      kind: 'environment',
      id,
      value: { name },
      ...placeOf(file, read, ['environments', n]),
    }));
  }
  if (file === 'roles.yaml') {
    const { roles } = parsed(rolesFile, file, read);
    return roles.map(({ id, name }, n) => ({
      kind: 'role',
      id,
      value: { name },
      ...placeOf(file, read, ['roles', n]),
    }));
  }
  if (file.startsWith('tools/')) {
    const { server, tools } = parsed(toolsFile, file, read);
    sameAsName(file, 'server', server, read);
    return tools.map(({ name, classes }, n) => {
      const value = { classes: classes.toSorted() };
      return { kind: 'tool', id: `${server}/${name}`, value, ...placeOf(file, read, ['tools', n]) };
    });
  }
  const { environment, grants } = parsed(grantsFile, file, read);
  sameAsName(file, 'environment', environment, read);
  return grants.map((grant, n) => ({
    kind: 'grant',
    id: grant.id,
    value: contentOf(grant, environment),
    ...placeOf(file, read, ['grants', n]),
  }));
}

function contentOf(grant: FileGrant, environment: string): object {
  const { role, tool, class: toolClass, task, constraints, obligations, from, until, staleSeconds } = grant;
  return {
    ...{ role, environment, toolId: tool ?? null, toolClass: toolClass ?? null, task, constraints, obligations },
    ...{ notBefore: from ?? null, notAfter: until ?? null, staleSeconds },
  };
}

function placeOf(file: string, { lineOf }: ReadYaml, path: readonly (string | number)[]) {
  const line = lineOf(path);
  return { file, line, placeOf: (field: readonly string[]) => ({ file, line: lineOf([...path, ...field]) }) };
}

function twice(wanted: readonly Wanted[]): readonly FileProblem[] {
  const first = new Map<string, Wanted>();
  const namedAt = (one: Wanted) => one.placeOf?.(['id']) ?? one;
  return wanted.flatMap((one) => {
    const key = `${one.kind} ${one.id}`;
    const other = first.get(key);
    if (other) {
      const [{ file, line }, before] = [namedAt(one), namedAt(other)];
      return [{ file, line, field: key, message: `stands in ${before.file}:${before.line ?? 1} already` }];
    }
    first.set(key, one);
    return [];
  });
}
