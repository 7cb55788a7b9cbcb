import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { environmentsFile, grantsFile, rolesFile, toolsFile, type FileGrant } from './file-schemas.js';
import { FilesRefused, type FileProblem } from './file-problem.js';
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
  for (const file of files) {
    try {
      if (!known.test(file)) throw new FilesRefused([{ file, message: unknownFile }]);
      wanted.push(...wantedIn(file, readYaml(join(folder, file), file)));
      if (file.startsWith('grants/')) grantFiles.set(stem(file), file);
    } catch (error) {
      if (!(error instanceof FilesRefused)) throw error;
      problems.push(...error.problems);
    }
  }
  problems.push(...twice(wanted));
  if (problems.length > 0) throw new FilesRefused(problems);
  return { wanted, files: new Set(files), grantFiles };
}

const unknownFile =
  'no such file is read; there are environments.yaml, roles.yaml, tools/SERVER.yaml and grants/ENVIRONMENT.yaml';
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
  return { file, line: lineOf(path), lineOf: (field: readonly string[]) => lineOf([...path, ...field]) };
}

function parsed<Schema extends z.ZodType>(schema: Schema, file: string, { data, lineOf }: ReadYaml): z.infer<Schema> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new FilesRefused(
    result.error.issues.map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
      const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const message =
        issue.code === 'unrecognized_keys' ? `there is no field ${issue.keys.join(', ')} here` : issue.message;
      return { file, line: lineOf([...path, ...extra]), field: path.join('.'), message };
    }),
  );
}

function sameAsName(file: string, field: string, value: string, { lineOf }: ReadYaml): void {
  if (value === stem(file)) return;
  throw new FilesRefused([
    { file, line: lineOf([field]), field, message: `is ${value}, and the file is called ${stem(file)}` },
  ]);
}

function twice(wanted: readonly Wanted[]): readonly FileProblem[] {
  const first = new Map<string, Wanted>();
  return wanted.flatMap((one) => {
    const key = `${one.kind} ${one.id}`;
    const other = first.get(key);
    if (other)
      return [
        { file: one.file, line: one.line, field: key, message: `stands in ${other.file}:${other.line ?? 1} already` },
      ];
    first.set(key, one);
    return [];
  });
}
