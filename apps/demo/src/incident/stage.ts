import type { Attempt } from './attempt.js';
import type { Bystander } from './bystander.js';
import type { Audience } from './play.js';

/** Where the incident is shown. */
export interface Stage extends Audience {
  readonly ended: (attempts: readonly Attempt[], bystander: Pick<Bystander, 'reads' | 'failures'>) => void;
}
