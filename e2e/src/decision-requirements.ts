import type { Requirement } from './requirement.js';

/** What is promised of grants and of what is decided by them. */
export const decisionRequirements = [
  {
    id: 'R-SCREEN-11',
    sentence:
      'a person builds a grant with a limit and an approval on the page, sees what it widens, and an agent obeys it',
    bound: 'within the limit the call runs, above it none does; revoked on the page none does, within a lease of 10 s',
    source: ['issue 4: in the console'],
  },
] as const satisfies readonly Requirement[];
