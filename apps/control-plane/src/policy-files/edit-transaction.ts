import type { CommandTransaction } from '../change-log/command.js';

/** What an edit is written with; `by` is the person's address. */
export interface EditTransaction extends CommandTransaction {
  readonly by: string;
}
