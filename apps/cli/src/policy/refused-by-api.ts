import type { FileProblem } from './file-problem.js';

/** The control plane said no, by a code of its own. */
export class RefusedByApi extends Error {
  constructor(
    readonly code: string,
    readonly problems: readonly FileProblem[],
  ) {
    super(problems[0]?.message ?? code);
  }
}
