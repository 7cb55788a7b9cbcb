import { scopePrefixes, slugSchema, taskSchema, type Task } from '@portcullis/contracts';
import { z } from 'zod';

/** What an agent asked for by scope tokens; what is absent is decided by what it holds (P-F4). */
export interface AgentScope {
  readonly role: string | undefined;
  readonly task: Task | undefined;
  readonly instance: string | undefined;
  readonly conversation: string | undefined;
}

const prefixes: readonly string[] = scopePrefixes;
const instanceSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

const partsSchema = z.object({
  role: slugSchema.optional(),
  task: taskSchema.optional(),
  instance: instanceSchema.optional(),
  conv: z.uuid().toLowerCase().optional(),
});

/** Reads `role:support task:lookup instance:cs-prod-4729`; `undefined` when any part is unknown, malformed or named twice. */
export function parseAgentScope(text: string): AgentScope | undefined {
  const found = new Map<string, string>();
  for (const part of text.split(' ').filter(Boolean)) {
    const [prefix = '', value = '', ...rest] = part.split(':');
    if (rest.length > 0 || found.has(prefix) || !prefixes.includes(prefix)) return undefined;
    found.set(prefix, value);
  }
  const { success, data } = partsSchema.safeParse(Object.fromEntries(found));
  if (!success) return undefined;
  return { role: data.role, task: data.task, instance: data.instance, conversation: data.conv };
}

export function formatAgentScope(scope: {
  readonly role: string;
  readonly task: Task;
  readonly instance: string;
  readonly conversation?: string | undefined;
}): string {
  const conversation = scope.conversation === undefined ? '' : ` conv:${scope.conversation}`;
  return `role:${scope.role} task:${scope.task} instance:${scope.instance}${conversation}`;
}
