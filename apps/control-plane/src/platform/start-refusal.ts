import { exitCodes, type ProblemCode } from '@portcullis/contracts';

/** Why a process does not start: told as one line on stderr and as its exit code. */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';

  constructor(
    readonly code: ProblemCode,
    readonly what: string,
    readonly remedy: string,
    readonly exit: keyof typeof exitCodes,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${what}; ${remedy}`, options);
  }

  get exitCode(): number {
    return exitCodes[this.exit];
  }

  get line(): string {
    return `portcullis: ${this.message.replace(/\s+/g, ' ')}\n`;
  }
}
