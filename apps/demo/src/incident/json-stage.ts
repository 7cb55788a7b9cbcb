import type { Attempt } from './attempt.js';
import type { Stage } from './stage.js';
import { summarise } from './tally.js';

/** One object a line, for scripts. */
export function jsonStage(write: (line: string) => void): Stage {
  return {
    told: () => undefined,
    tried: (attempt: Attempt) => write(JSON.stringify(attempt)),
    ended: (attempts) => write(JSON.stringify({ summary: summarise(attempts) })),
  };
}
