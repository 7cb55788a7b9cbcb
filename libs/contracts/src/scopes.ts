import { z } from 'zod';

/**
 * What a kill switch can be engaged on. `target` is empty for `everything`; the id of the environment, server, agent or
 * role; a tool class; `server/tool` for a tool; `agent` + space + user, or a conversation id, for the last two.
 */
export const killSwitchScopes = [
  'everything',
  'environment',
  'tool-class',
  'server',
  'tool',
  'agent',
  'role',
  'user',
  'conversation',
] as const;

export type KillSwitchScope = (typeof killSwitchScopes)[number];

/** Reads a kill switch scope from outside; anything not in the list is refused. */
export const killSwitchScopeSchema = z.enum(killSwitchScopes);

/**
 * What kind of work a token was issued for. A grant names the task it asks for, and serves a token whose task covers that:
 * `execute` covers `update` covers `lookup`. So naming a smaller task can only narrow (protocol F3).
 */
export const tasks = ['lookup', 'update', 'execute'] as const;
export type Task = (typeof tasks)[number];

/** Reads a task from outside; anything not in the list is refused. */
export const taskSchema = z.enum(tasks);
