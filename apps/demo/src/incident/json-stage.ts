import type { Attempt } from './attempt.js';
import type { Stage } from './stage.js';
import { summarise } from './tally.js';

/** One object a line, for scripts. */
export function jsonStage(write: (line: string) => void): Stage {
  const attempts: Attempt[] = [];
  return {
    told: () => undefined,
    tried(attempt) {
      attempts.push(attempt);
      write(JSON.stringify(attempt));
    },
    ended: () => write(JSON.stringify({ summary: summarise(attempts) })),
  };
}
