/** What is wrong, where: `.` for the folder as a whole. Lines and columns count from 1. */
export interface FileProblem {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly field?: string | undefined;
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string | undefined;
}

/** The files cannot be taken as they are; nothing was sent. */
export class FilesRefused extends Error {
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems[0]?.message ?? 'the files cannot be read');
  }
}
