import { openConversationSchema, type OpenedConversation } from '@portcullis/contracts';
import { Router } from 'express';
import type { Pool } from 'pg';
import { runCommand } from '../change-log/command.js';
import type { CommandLimits } from '../change-log/limits.js';
import { parseInput } from '../graphql/parse-input.js';
import { Refusal } from '../platform/refusal.js';
import type { Subjects } from '../subjects/subjects.js';
import type { ClientAuthentication } from '../tokens/client-authentication.js';
import { clientEndpoint, type ClientRequest } from '../tokens/client-endpoint.js';
import { closeConversation } from './close-conversation.js';
import { openConversation } from './open-conversation.js';

export interface ConversationParts {
  readonly pool: Pool;
  readonly limits: CommandLimits;
  readonly clients: ClientAuthentication;
  readonly subjects: Pick<Subjects, 'verify'>;
}

/** The host's word makes nobody the user (P-F3). */
async function userOf(subjects: ConversationParts['subjects'], subjectToken: string, agent: string): Promise<string> {
  const subject = await subjects.verify(subjectToken);
  if (subject !== undefined && (subject.mayAct ?? agent) === agent) return subject.user;
  throw new Refusal('subject_token_refused', 'bring a live subject token of the user, by which this agent may act');
}

async function open(
  { pool, limits, subjects }: ConversationParts,
  { client, fields }: ClientRequest,
): Promise<OpenedConversation> {
  const { subjectToken, ...rest } = parseInput(openConversationSchema, fields);
  const user = subjectToken === undefined ? null : await userOf(subjects, subjectToken, rest.agent);
  const request = { ...rest, id: rest.id.toLowerCase(), user };
  const { value: expiresAt, revision } = await runCommand(
    pool,
    (transaction) => openConversation(transaction, request, { host: client.agent, credential: client.credential }),
    { limits },
  );
  return { conversation: request.id, user: request.user, expiresAt, revision };
}

async function close({ pool, limits }: ConversationParts, { client, id }: ClientRequest): Promise<object> {
  const by = { host: client.agent, credential: client.credential };
  const { revision } = await runCommand(pool, (transaction) => closeConversation(transaction, id, by), { limits });
  return { conversation: id, revision };
}

/** What hosts open and close with their own credential. */
export function conversationRoutes(parts: ConversationParts): Router {
  const router = Router();
  router.post(
    '/oauth/conversations',
    clientEndpoint(parts.clients, (request) => open(parts, request)),
  );
  router.delete(
    '/oauth/conversations/:id',
    clientEndpoint(parts.clients, (request) => close(parts, request)),
  );
  return router;
}
