import { z } from 'zod';
import type { Difference } from './differences.js';
import { fieldPlace } from './field-place.js';
import type { FileProblem } from './file-problem.js';

const problemsSchema = z.array(
  z.object({ line: z.int(), column: z.int(), message: z.string(), suggestion: z.string().nullable() }),
);
const failedSchema = z.array(z.object({ name: z.string(), want: z.string(), got: z.string() }));
const testsSchema = z.object({ tests: z.array(z.object({ name: z.string() })) });

/** What is wrong with a policy's text, at line and column, and which of its tests fail, each at its line. */
export function policyProblems(
  policy: Difference,
  details: Readonly<Record<string, unknown>> | null | undefined,
): readonly FileProblem[] {
  const problems = problemsSchema.safeParse(details?.['problems']).data ?? [];
  const failed = failedSchema.safeParse(details?.['failedTests']).data ?? [];
  const { tests } = testsSchema.safeParse(policy.value).data ?? { tests: [] };
  return [
    ...problems.map(({ line, column, message, suggestion }): FileProblem => {
      const meant = suggestion === null ? {} : { suggestion };
      return { file: policy.file, line, column, field: `policy ${policy.id}`, message, ...meant };
    }),
    ...failed.map(({ name, want, got }): FileProblem => {
      const { file, line } = fieldPlace(policy, ['tests', String(tests.findIndex((test) => test.name === name))]);
      return { file, line, field: `policy ${policy.id}`, message: `“${name}” wants ${want} and got ${got}` };
    }),
  ];
}
