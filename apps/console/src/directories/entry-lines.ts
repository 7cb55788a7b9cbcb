import { canonicalIdentity } from '@portcullis/contracts';
import type { IdentityForm } from '../gql/graphql.js';
import { formTexts } from './form-texts.js';

export interface Entry {
  /** Counted from one, as an editor does; empty lines count. */
  readonly line: number;
  readonly value: string;
}

export interface BadLine extends Entry {
  readonly message: string;
}

export interface EntryLines {
  /** One for each value, however often and however it is written. */
  readonly entries: readonly Entry[];
  readonly bad: readonly BadLine[];
}

/** What a pasted text says, a value a line; what cannot be read is named by its line, by the rule the server applies. */
export function entryLines(holds: IdentityForm, text: string): EntryLines {
  const entries = new Map<string, Entry>();
  const bad: BadLine[] = [];
  for (const [index, written] of text.split(/\r\n|\r|\n/).entries()) {
    const value = written.trim();
    if (value === '') continue;
    const canonical = canonicalIdentity(holds, value);
    const entry = { line: index + 1, value };
    if (canonical === undefined) bad.push({ ...entry, message: `write ${formTexts[holds].line}` });
    else if (!entries.has(canonical)) entries.set(canonical, entry);
  }
  return { entries: [...entries.values()], bad };
}
