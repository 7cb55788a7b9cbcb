import type { Requirement } from './requirement.js';

/** What is promised of tools, and of what their servers say about them. */
export const toolRequirements = [
  {
    id: 'R-PIN-1',
    sentence:
      'a tool whose server says something else than what was accepted is hidden and refused until an admin accepts it, and then comes back',
    bound:
      'not one byte of the other description reaches a client before; the client is told of both without reconnecting',
    source: ['issue 4: tool pinning', 'P-E8'],
  },
  {
    id: 'R-SCREEN-12',
    sentence: 'a changed definition is quarantined, shown with what changed, and accepted by a person in the browser',
    bound: 'no call runs before the acceptance; the next one after it was applied does',
    source: ['issue 4: tool pinning', 'issue 4: in the console'],
  },
] as const satisfies readonly Requirement[];
