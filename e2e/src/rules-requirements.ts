import type { Requirement } from './requirement.js';

/** What is promised of environments that are observed, and of rules kept as files. */
export const rulesRequirements = [
  {
    id: 'R-OBSERVE-1',
    sentence:
      'in an observed environment what no grant gives runs and is recorded as would be denied; destructive tools and kill switches refuse, and what is accepted of the proposals is granted',
    bound: 'the very next call after the enforcement has arrived is refused; no proposal names a destructive tool',
    source: ['issue 4: observe mode'],
  },
  {
    id: 'R-OBSERVE-2',
    sentence: 'an observation ends by itself, also while its guard is cut off from the control plane',
    bound: 'no call that no grant gives is allowed later than 1 s after the end',
    source: ['issue 4: observe mode', 'P-A6'],
  },
  {
    id: 'R-FILES-1',
    sentence:
      'grants, tools, roles, environments and Cedar policies are exported as files, changed in them, planned and applied, and guards obey',
    bound:
      'an export that was just made has nothing to do; a plan says who could call what and which lines change, and changes nothing; a policy whose text or test fails is not applied',
    source: ['issue 4: everything as files'],
  },
] as const satisfies readonly Requirement[];
