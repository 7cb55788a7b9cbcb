import type { ProblemCode } from '@portcullis/contracts';

/** Why this process cannot go on, as its one line on stderr says it. */
export class StartProblem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly exitCode: number,
    what: string,
    remedy: string,
  ) {
    super(`portcullis: ${code}: ${what}; ${remedy}`);
    this.name = 'StartProblem';
  }
}

/** Ends the process with the problem's line and exit code; anything else is a fault and keeps its stack. */
export function endWith(error: unknown): never {
  if (!(error instanceof StartProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode);
}
