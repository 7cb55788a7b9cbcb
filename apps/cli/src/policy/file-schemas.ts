import { policyLimits, policyTestSchema, slugSchema, tasks, toolNameSchema } from '@portcullis/contracts';
import { z } from 'zod';

const list = <T extends z.ZodType>(item: T) => z.array(item, 'write a list');
const named = z.strictObject({ id: slugSchema, name: z.string().min(1, 'give it a name').max(200) });
const instant = z.iso
  .datetime({ offset: true, error: 'write a moment such as 2026-06-01T12:00:00Z' })
  .transform((text) => Date.parse(text));
const part = z.record(z.string(), z.unknown(), 'write a kind with its fields');

export const environmentsFile = z.strictObject({ environments: list(named) });
export const rolesFile = z.strictObject({ roles: list(named) });
export const toolsFile = z.strictObject({
  server: slugSchema,
  tools: list(z.strictObject({ name: toolNameSchema, classes: list(slugSchema) })),
});

/** What a constraint or an obligation may be is the control plane's to say. */
const grant = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'use 1 to 63 lower-case letters, digits, hyphens and underscores'),
  role: slugSchema,
  tool: z.string().optional(),
  class: slugSchema.optional(),
  task: z.enum(tasks, `use ${tasks.join(', ')}`),
  constraints: list(part).default([]),
  obligations: list(part).default([]),
  from: instant.optional(),
  until: instant.optional(),
  staleSeconds: z.number('write a number of seconds').default(0),
});
export type FileGrant = z.infer<typeof grant>;
export const grantsFile = z.strictObject({ environment: slugSchema, grants: list(grant) });

const ofPolicy = z.strictObject({
  id: slugSchema,
  name: z.string().trim().min(1, 'give it a name').max(policyLimits.name),
  environment: slugSchema.optional(),
});
export type FilePolicy = z.infer<typeof ofPolicy>;
export const policiesFile = z.strictObject({ policies: list(ofPolicy) });
export const testsFile = z.strictObject({ policy: slugSchema, tests: list(policyTestSchema) });
