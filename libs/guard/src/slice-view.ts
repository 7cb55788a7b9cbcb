import type { Generation, Revision } from '@portcullis/contracts';
import type { State } from '@portcullis/policy';

/** What the guard holds of its slice as of one revision: immutable, and swapped as a whole. */
export interface SliceView {
  readonly generation: Generation;
  readonly revision: Revision;
  readonly digest: string;
  readonly state: State;
}
