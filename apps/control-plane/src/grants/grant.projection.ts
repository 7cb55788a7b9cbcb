import type { FeedValue } from '@portcullis/contracts';
import type { z } from 'zod';
import { constraintText } from './constraint-text.js';
import type { createGrantSchema } from './create-grant.input.js';
import type { GrantEntity } from './grant.entity.js';
import type { Grant } from './grant.model.js';
import { obligationText } from './obligation-text.js';

/** What guards are told about a grant. */
export function grantValue(grant: z.infer<typeof createGrantSchema>): FeedValue<'grant'> {
  const { role, environment, toolId, toolClass, task, constraints, obligations, notBefore, notAfter, staleSeconds } =
    grant;
  const tool = toolId === null ? { class: toolClass ?? '' } : { id: toolId };
  const limits = { notBefore, notAfter, staleSeconds };
  return { role, environment, tool, task, constraints, obligations, ...limits };
}

/** What people are shown of a grant. */
export function grantModel(row: GrantEntity): Grant {
  const {
    id,
    roleId,
    environmentId,
    toolId,
    toolClass,
    task,
    constraints,
    obligations,
    notBefore,
    notAfter,
    staleSeconds,
    conversationId,
    revokedAt,
  } = row;
  return {
    id,
    role: roleId,
    environment: environmentId,
    toolId,
    toolClass,
    task,
    constraints,
    constraintTexts: constraints.map(constraintText),
    obligations,
    obligationTexts: obligations.map(obligationText),
    notBefore,
    notAfter,
    staleSeconds,
    conversation: conversationId,
    revokedAt,
  };
}
