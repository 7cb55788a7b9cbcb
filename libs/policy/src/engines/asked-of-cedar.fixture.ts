import type { CedarRequest } from '../policies/cedar-json.js';

export const request: CedarRequest = {
  principal: { type: 'Agent', id: 'bot' },
  action: { type: 'Action', id: 'desk/refund' },
  resource: { type: 'Server', id: 'desk' },
  context: { role: 'support' },
  entities: [],
};

/** A statement about every call, under a condition. */
export const when = (condition: string): string => `forbid (principal, action, resource) when { ${condition} };`;
