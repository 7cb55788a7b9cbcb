import { registerEnumType } from '@nestjs/graphql';

export const AgentStatus = { active: 'active', suspended: 'suspended', retired: 'retired' } as const;
export type AgentStatus = (typeof AgentStatus)[keyof typeof AgentStatus];

export const CredentialStatus = {
  prepared: 'prepared',
  active: 'active',
  retiring: 'retiring',
  revoked: 'revoked',
  tainted: 'tainted',
  expired: 'expired',
} as const;
export type CredentialStatus = (typeof CredentialStatus)[keyof typeof CredentialStatus];

export const TaskEnum = { lookup: 'lookup', update: 'update', execute: 'execute' } as const;

/** GraphQL names have no hyphen, so the wire's `tool-class` is `tool_class` here. */
export const KillSwitchScopeEnum = {
  everything: 'everything',
  environment: 'environment',
  tool_class: 'tool-class',
  server: 'server',
  tool: 'tool',
  agent: 'agent',
  role: 'role',
  user: 'user',
  conversation: 'conversation',
} as const;

export const ConversationStatus = { open: 'open', closed: 'closed', expired: 'expired' } as const;
export type ConversationStatus = (typeof ConversationStatus)[keyof typeof ConversationStatus];

export const SigningKeyState = {
  published: 'published',
  signing: 'signing',
  verifying: 'verifying',
  withdrawn: 'withdrawn',
} as const;
export type SigningKeyState = (typeof SigningKeyState)[keyof typeof SigningKeyState];

export const PostureEnum = { fresh: 'fresh', stale: 'stale', severed: 'severed' } as const;

export const CredentialKindEnum = { private_key_jwt: 'private_key_jwt', secret: 'secret' } as const;

export const RotationStateEnum = { fine: 'fine', due_soon: 'due_soon', overdue: 'overdue' } as const;

export const WindowStateEnum = { pending: 'pending', current: 'current', ended: 'ended' } as const;

export const LineState = { pending: 'pending', applied: 'applied', closed_by_expiry: 'closed_by_expiry' } as const;
export type LineState = (typeof LineState)[keyof typeof LineState];

export const IdentityFormEnum = {
  email: 'email',
  url: 'url',
  account: 'account',
  phone: 'phone',
  text: 'text',
} as const;

registerEnumType(AgentStatus, { name: 'AgentStatus' });
registerEnumType(CredentialStatus, { name: 'CredentialStatus' });
registerEnumType(TaskEnum, { name: 'Task' });
registerEnumType(KillSwitchScopeEnum, { name: 'KillSwitchScope' });
registerEnumType(ConversationStatus, { name: 'ConversationStatus' });
registerEnumType(SigningKeyState, { name: 'SigningKeyState' });
registerEnumType(PostureEnum, { name: 'Posture' });
registerEnumType(CredentialKindEnum, { name: 'CredentialKind' });
registerEnumType(RotationStateEnum, { name: 'RotationState' });
registerEnumType(WindowStateEnum, { name: 'WindowState' });
registerEnumType(LineState, { name: 'LineState' });
registerEnumType(IdentityFormEnum, { name: 'IdentityForm' });
