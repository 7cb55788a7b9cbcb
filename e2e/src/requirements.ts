import { budgetRequirements } from './budget-requirements.js';
import { decisionRequirements } from './decision-requirements.js';
import { identityRequirements } from './identity-requirements.js';
import type { Requirement } from './requirement.js';
import { rulesRequirements } from './rules-requirements.js';
import { toolRequirements } from './tool-requirements.js';

/** The promises. Each has at least one scenario that cites it, and no scenario cites anything else: a gate says so. */
export const requirements = [
  {
    id: 'R-START-1',
    sentence: '`npm start` starts everything, prints the ready line and writes run.json',
    bound: 'ready within 10 s once installed and built',
    source: ['issue 2: 1'],
  },
  {
    id: 'R-START-2',
    sentence: 'after kill -9 of the parent nothing is left running, and the next start works',
    bound: 'no process 5 s later',
    source: ['issue 2: 1'],
  },
  {
    id: 'R-START-3',
    sentence: 'Ctrl-C stops everything, Postgres too',
    bound: 'no process 10 s later, exit 0',
    source: ['issue 2: 1'],
  },
  {
    id: 'R-START-4',
    sentence: 'a start that cannot succeed says its code and remedy in one line and leaves the data as it was',
    bound: 'exit 2 configuration, 3 port, 4 database, 5 migration',
    source: ['issue 2: bad input'],
  },
  {
    id: 'R-BIND-1',
    sentence: 'nothing listens beyond this machine unless it is told to, the demo and the database included',
    bound: 'every port, from every other address of the machine',
    source: ['P-F1'],
  },
  {
    id: 'R-CLAIM-1',
    sentence: 'the claim link makes the first admin, once',
    bound: 'the second use is refused and changes nothing',
    source: ['issue 2: 2'],
  },
  {
    id: 'R-DEMO-1',
    sentence: 'a claimed install shows the demo world: agents, environments, the server with its tools, grants',
    bound: 'two agents, three environments, one server',
    source: ['issue 2: 2'],
  },
  {
    id: 'R-RESET-1',
    sentence: '`npm run demo:reset` rebuilds the demo world while everything runs, and keeps the people',
    bound: 'the agent that was stopped can call again',
    source: ['issue 2: 3'],
  },
  {
    id: 'R-INCIDENT-1',
    sentence: 'the incident tries 47 refunds; the limit refuses the large ones and the kill switch the rest',
    bound: 'no refund starts after the line reads applied',
    source: ['issue 2: 3'],
  },
  {
    id: 'R-INCIDENT-2',
    sentence: 'an administrator plays the incident from the console, one at a time',
    bound: 'its refunds appear; a second press is refused',
    source: ['issue 2: 3'],
  },
  {
    id: 'R-KILL-1',
    sentence: 'a call started after the kill reads applied is refused with kill_switch and a revision',
    bound: 'every such call',
    source: ['issue 2: 3', 'P-G6'],
  },
  {
    id: 'R-KILL-2',
    sentence: 'the call in flight is aborted and its result refused',
    bound: 'before the line reads applied',
    source: ['issue 2: 3', 'P-A5'],
  },
  {
    id: 'R-OTHER-1',
    sentence: 'agents outside the scope of a kill go on',
    bound: 'none of their calls is refused',
    source: ['issue 2: 3'],
  },
  {
    id: 'R-RELEASE-1',
    sentence: 'nobody releases a kill switch alone: not by mutation, not by a general edit, not by retrying',
    bound: 'the agent stays stopped',
    source: ['issue 2: 3', 'P-C2', 'P-C4'],
  },
  {
    id: 'R-LANE-1',
    sentence: 'POST /stop works while the API is frozen',
    bound: 'applied within 2 s',
    source: ['issue 2: 5', 'P-F1'],
  },
  {
    id: 'R-LANE-2',
    sentence: 'POST /stop without a good stop ticket stops nothing',
    bound: 'state read before and after is the same',
    source: ['issue 2: 5'],
  },
  {
    id: 'R-LANE-3',
    sentence: 'the stop page is a plain form that works without script',
    bound: 'under 10 KB',
    source: ['issue 2: 5'],
  },
  {
    id: 'R-CLI-1',
    sentence: '`portcullis kill agent ID` does the same without the console',
    bound: 'exit 0 and the revision',
    source: ['issue 2: 5'],
  },
  {
    id: 'R-CLI-2',
    sentence: 'a kill that reached nobody is said loudly: refused and unreachable are not success',
    bound: 'exit 1 refused, 3 unreachable',
    source: ['issue 2: 5'],
  },
  {
    id: 'R-LEASE-1',
    sentence: 'a guard that is cut off closes by itself, and opens again without anyone when the link is back',
    bound: 'closed within its lease of 10 s',
    source: ['P-A1', 'P-A4'],
  },
  {
    id: 'R-ENROL-1',
    sentence: 'a join token that was used or has expired enrols no guard',
    bound: 'the list of guards is unchanged',
    source: ['issue 2: bad input', 'P-F2'],
  },
  {
    id: 'R-CRED-1',
    sentence: 'an issued secret is shown once and works at the token endpoint and with an MCP client',
    bound: 'a token of 5 minutes for one server',
    source: ['issue 2: 4', 'P-F5'],
  },
  {
    id: 'R-REVOKE-1',
    sentence: 'a revoked credential is refused on the very next call though its token lives',
    bound: 'the first call after the revocation is applied',
    source: ['issue 2: 4', 'P-F6'],
  },
  {
    id: 'R-AUD-1',
    sentence: 'a token for another server, a forged one and a malformed one are refused alike',
    bound: '401 with where to get a good one',
    source: ['issue 2: bad input'],
  },
  {
    id: 'R-LIST-1',
    sentence: 'an agent sees the tools it was granted and no others',
    bound: 'exactly those',
    source: ['P-G4'],
  },
  {
    id: 'R-LIST-2',
    sentence: 'an agent whose grants change is told, and sees the new list',
    bound: 'without reconnecting',
    source: ['issue 2: parts, mcp-guard'],
  },
  {
    id: 'R-HIDE-1',
    sentence: 'a tool not granted and a tool that does not exist are answered alike',
    bound: 'to the byte',
    source: ['P-G6'],
  },
  {
    id: 'R-SCHEMA-1',
    sentence: "arguments that break the tool's schema are refused and nothing runs",
    bound: 'no effect at the tool',
    source: ['issue 2: bad input'],
  },
  {
    id: 'R-SEEN-1',
    sentence: 'each decision appears to a watching admin as it happens',
    bound: 'within 1 s, in order, none missing',
    source: ['issue 2: 3'],
  },
  {
    id: 'R-SIGNIN-1',
    sentence: 'who is not signed in, has no CSRF token or comes from a foreign origin reads and changes nothing',
    bound: 'one uniform refusal each',
    source: ['issue 2: parts, console'],
  },
  {
    id: 'R-POLICY-1',
    sentence:
      'a policy that forbids is published while the agent runs and refuses its next call; one whose test fails is not published; an older version comes back as a new revision',
    bound: 'the refusal carries the reason policy and a revision from the published one on',
    source: ['issue 4: policies'],
  },
  {
    id: 'R-POLICY-2',
    sentence: 'asking a policy never ends the process that asks, whatever the compiler gives up meanwhile',
    bound: 'the call is answered right and the process goes on',
    source: ['issue 4: policies'],
  },
  {
    id: 'R-INPUT-1',
    sentence:
      'input out of range, oversized, malformed or meant for somebody else is refused with a code and what to do',
    bound: 'state read before and after is the same',
    source: ['issue 2: bad input'],
  },
  {
    id: 'R-SCREEN-1',
    sentence: 'a person claims the install, signs in, presses Kill switch and reads applied, in a real browser',
    bound: 'the line reads applied at 1 of 1 servers',
    source: ['issue 2: 3'],
  },
  {
    id: 'R-SCREEN-2',
    sentence: 'the console has no contrast failure in light or dark',
    bound: 'zero, by a check that fails on a planted line',
    source: ['issue 2: parts, tests'],
  },
  {
    id: 'R-RESULT-1',
    sentence: 'what a grant keeps from an agent is in nothing the agent reads of a call, though the tool returned it',
    bound: 'not in data, text, links, errors or logs; what it may read is all there',
    source: ['issue 4: obligations', 'issue 4: field filters'],
  },
  {
    id: 'R-RESULT-2',
    sentence: 'what of a result cannot be filtered is withheld, not passed, and said to be',
    bound: 'every such part',
    source: ['issue 4: field filters'],
  },
  {
    id: 'R-README-1',
    sentence: 'the three lines that protect a server run as the README prints them',
    bound: 'extracted and run, not copied',
    source: ['issue 2: parts, README'],
  },
  {
    id: 'R-SQL-1',
    sentence:
      'an agent that is talked into writing SQL which deletes, stacks or hides a write is refused before the database hears of it',
    bound: 'every table the same before and after, while a plain SELECT still answers',
    source: ['issue 4: the essay, delete where user_input'],
  },
  {
    id: 'R-PROV-1',
    sentence:
      'a payee, recipient or URL comes from the user’s own request, never from a tool, the agent’s word or history',
    bound: 'no call to another one runs; without a record it is held',
    source: ['issue 4: provenance', 'P-E6'],
  },
  {
    id: 'R-ENV-1',
    sentence: 'environments do not mix: an exploratory conversation never sees a tool in prod',
    bound: 'no token, no listing, no call',
    source: ['issue 4: environments'],
  },
  ...identityRequirements,
  ...budgetRequirements,
  ...decisionRequirements,
  ...rulesRequirements,
  ...toolRequirements,
] as const satisfies readonly Requirement[];

export type RequirementId = (typeof requirements)[number]['id'];
