import { z } from 'zod';
import type { Difference } from './differences.js';
import { fieldPlace } from './field-place.js';
import type { FileProblem } from './file-problem.js';
import { policyProblems } from './policy-problems.js';

export const errorSchema = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()).nullish() }),
});
const fieldsSchema = z.array(z.object({ path: z.string(), message: z.string() }));

/** What this command has for it. */
const remedies: Readonly<Record<string, string>> = {
  review_needed: ' (apply with --drafts saves it)',
};

/** What the control plane refused, at the line of the file it came from. */
export function problemsOf(
  { message, extensions: { code, details } }: z.infer<typeof errorSchema>,
  made: readonly Difference[],
): readonly FileProblem[] {
  const edit = z.int().safeParse(details?.['edit']);
  const fields = fieldsSchema.safeParse(details?.['fields']);
  const placed = (place: number | undefined, path: readonly string[], text: string): FileProblem => {
    const difference = place === undefined ? undefined : made[place];
    if (difference === undefined) return { file: '.', field: path.join('.'), message: text };
    const { field, file, line } = fieldPlace(difference, path);
    return {
      ...{ file, line },
      field: `${difference.kind} ${difference.id}${field ? ` ${field}` : ''}`,
      message: text,
    };
  };
  const policy = edit.success ? made[edit.data] : undefined;
  const ofPolicy = code === 'policy_refused' && policy ? policyProblems(policy, details) : [];
  if (ofPolicy.length > 0) return ofPolicy;
  if (!fields.success) return [placed(edit.data, [], `${message}${remedies[code] ?? ''}`)];
  return fields.data.map(({ path, message: text }) => {
    const [first, place, part, ...rest] = path.split('.');
    if (first !== 'edits' || place === undefined) return placed(edit.data, path.split('.'), text);
    return placed(Number(place), part === 'value' ? rest : [], text);
  });
}
