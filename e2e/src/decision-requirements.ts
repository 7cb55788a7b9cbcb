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
  {
    id: 'R-SIGNAL-1',
    sentence:
      'a published policy refuses by how often an agent called, by the server’s own score and by what the user named, and holds once something untrusted was read',
    bound:
      'the very call that passes the rate is refused, and so is every later one of that minute; the first payment after the untrusted result is held, in that conversation alone',
    source: ['P-G1', 'P-E5', 'P-E6'],
  },
  {
    id: 'R-AUDIT-1',
    sentence:
      'of a call whose grant wants it recorded in full, who may read records reads the arguments and the result exactly as the agent had them, and nobody else reads anything',
    bound:
      'byte by byte; what was dropped stands nowhere in the database, what was recorded only sealed; what cannot be recorded does not run',
    source: ['issue 4: obligations'],
  },
] as const satisfies readonly Requirement[];
