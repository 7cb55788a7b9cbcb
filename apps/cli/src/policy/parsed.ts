import type { z } from 'zod';
import { FilesRefused } from './file-problem.js';
import type { ReadYaml } from './read-yaml.js';

/** What a file says, by its schema; throws `FilesRefused` with everything that does not fit, at its line. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  file: string,
  { data, lineOf }: ReadYaml,
): z.infer<Schema> {
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

/** A file that is called after what it is about says so inside too. */
export function sameAsName(file: string, field: string, value: string, { lineOf }: ReadYaml): void {
  if (value === stem(file)) return;
  throw new FilesRefused([
    { file, line: lineOf([field]), field, message: `is ${value}, and the file is called ${stem(file)}` },
  ]);
}

const stem = (file: string) => file.replace(/^.*\/|\.yaml$/g, '');
