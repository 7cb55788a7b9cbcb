import { z } from 'zod';
import { slugSchema } from './ids.js';
import { taskSchema } from './scopes.js';

/** What a trusted party says about a conversation, such as `customerId`: names of 1 to 64 characters, at most 32 of them. */
export const conversationAttributesSchema = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/),
  z.union([z.string().max(256), z.number(), z.boolean()]),
);
export type ConversationAttributes = z.infer<typeof conversationAttributesSchema>;

/**
 * `POST /oauth/conversations`: a host opens a conversation record for an agent it hosts, with its own credential (protocol F3,
 * E6). `user` can only come out of `subjectToken`. `digests` are `conversationDigests` over the values in the user's request.
 * With an `environment` there are tokens for it in that one alone.
 * Repeating a request with the same id and content is harmless; other content under a known id is a `conflict`.
 */
export const openConversationSchema = z
  .object({
    id: z.uuid(),
    agent: z.string().max(63),
    subjectToken: z.string().max(8192).optional(),
    tasks: z.array(taskSchema).min(1).max(3),
    attributes: conversationAttributesSchema
      .refine((attributes) => Object.keys(attributes).length <= 32, 'at most 32 attributes')
      .default({}),
    digests: z
      .array(z.string().regex(/^[A-Za-z0-9_-]{43}$/))
      .max(256)
      .default([]),
    environment: slugSchema.optional(),
    expiresInSeconds: z.int().min(1).max(86_400).default(3600),
  })
  .strict();
export type OpenConversation = z.infer<typeof openConversationSchema>;

/** The answer: tokens for it are asked for with the scope token `conv:<conversation>`, and no guard behind `revision` knows it. */
export interface OpenedConversation {
  readonly conversation: string;
  readonly user: string | null;
  readonly expiresAt: number;
  readonly revision: number;
}

/**
 * A user as tokens, records and stops name one: the id of the issuer that vouched for him, `:`, his subject there. A person
 * signed in at the control plane itself is `portcullis:<person>`. Neither part holds white space.
 */
export const userIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}:[^\s\p{Cc}]{1,255}$/u);

/** The issuer id of people signed in at the control plane itself; no configured issuer may take it. */
export const ownIssuerId = 'portcullis';
