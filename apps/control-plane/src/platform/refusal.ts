import type { ProblemCode } from '@portcullis/contracts';

/** An expected no. Thrown inside a command, so that the transaction rolls back by construction. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
