import type { Bystander } from './bystander.js';
import type { Audience } from './play.js';

/** Where the incident is shown: it keeps what was tried, and ends with the summary of it. */
export interface Stage extends Audience {
  readonly ended: (bystander: Pick<Bystander, 'reads' | 'failures'>) => void;
}
