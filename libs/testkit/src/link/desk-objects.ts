import type { Written } from './scripted-slice.js';

/** The audience of tokens for the desk's server. */
export const deskResource = 'http://localhost:4100/mcp';
/** The desk's server. */
export const deskServer = 'support-desk';

/** A small support desk: two agents, three tools, and who may use them. Refunds up to 100. */
export function deskObjects(): readonly Written[] {
  const tool = (name: string, classes: string[]): Written => ({
    kind: 'tool',
    id: `${deskServer}/${name}`,
    value: { server: deskServer, name, classes },
  });
  const grant = (id: string, role: string, name: string, task: string, more: object = {}): Written => ({
    kind: 'grant',
    id,
    value: {
      role,
      environment: 'prod',
      tool: { id: `${deskServer}/${name}` },
      task,
      constraints: [],
      notBefore: null,
      notAfter: null,
      staleSeconds: 0,
      ...more,
    },
  });
  return [
    { kind: 'server', id: deskServer, value: { name: 'Support desk', environment: 'prod', resource: deskResource } },
    tool('list_tickets', ['read']),
    tool('refund', ['payments']),
    tool('purge', []),
    ...agent('cs-prod', 'support'),
    ...agent('research', 'research'),
    grant('support-list', 'support', 'list_tickets', 'lookup'),
    grant('support-refund', 'support', 'refund', 'execute', {
      constraints: [{ kind: 'max', path: 'amount', value: 100 }],
    }),
    grant('research-list', 'research', 'list_tickets', 'lookup'),
  ];
}

function agent(id: string, role: string): readonly Written[] {
  return [
    { kind: 'agent', id, value: { name: id } },
    { kind: 'agent-status', id, value: { status: 'active' } },
    { kind: 'credential', id: `${id}-secret`, value: { agent: id, status: 'active', expiresAt: null } },
    { kind: 'assignment', id: `${id}-${role}`, value: { agent: id, role, environment: 'prod' } },
  ];
}

/** A kill switch on one agent. */
export function agentStop(id: string, agent: string): Written {
  return { kind: 'kill-switch', id, value: { scope: 'agent', target: agent, status: 'engaged', engagedAt: 0 } };
}
