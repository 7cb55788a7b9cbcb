import type { Constraint, Task } from '@portcullis/contracts';

/** The world of the quick start: who there is, where they work, and what they may do. */
export const demoWorld = {
  environments: [
    ['prod', 'Production'],
    ['staging', 'Staging'],
    ['exploratory', 'Exploratory'],
  ],
  roles: [
    ['support', 'Customer support'],
    ['research', 'Research'],
  ],
  server: { id: 'support-desk', name: 'Support desk', environment: 'prod' },
  tools: [
    ['list_tickets', ['read']],
    ['read_ticket', ['read']],
    ['lookup_customer', ['read']],
    ['update_ticket', ['write']],
    ['refund', ['payments']],
  ],
  agents: [
    {
      id: 'cs-prod',
      name: 'Customer service',
      description: 'Answers tickets and refunds small amounts',
      role: 'support',
    },
    { id: 'research', name: 'Research', description: 'Reads tickets and writes summaries', role: 'research' },
  ],
  grants: [
    { role: 'support', tool: 'list_tickets', task: 'lookup', constraints: [] },
    { role: 'support', tool: 'read_ticket', task: 'lookup', constraints: [] },
    { role: 'support', tool: 'lookup_customer', task: 'lookup', constraints: [] },
    { role: 'support', tool: 'update_ticket', task: 'update', constraints: [] },
    { role: 'support', tool: 'refund', task: 'execute', constraints: [{ kind: 'max', path: 'amount', value: 100 }] },
    { role: 'research', tool: 'list_tickets', task: 'lookup', constraints: [] },
    { role: 'research', tool: 'read_ticket', task: 'lookup', constraints: [] },
  ],
} as const satisfies {
  environments: readonly (readonly [id: string, name: string])[];
  roles: readonly (readonly [id: string, name: string])[];
  server: { id: string; name: string; environment: string };
  tools: readonly (readonly [name: string, classes: readonly string[]])[];
  agents: readonly { id: string; name: string; description: string; role: string }[];
  grants: readonly { role: string; tool: string; task: Task; constraints: readonly Constraint[] }[];
};

export const seededBy = 'demo';
