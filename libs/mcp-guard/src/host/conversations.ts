import { tokenWords, type OpenConversation, type OpenedConversation, type Problem } from '@portcullis/contracts';
import { conversationDigests, type RequestedValue } from '@portcullis/contracts/signed';

/** How a host proves itself: its client secret, or a new client assertion for each request (RFC 7523, audience: the issuer). */
export type HostClient =
  { readonly id: string; readonly secret: string } | { readonly id: string; readonly assertion: () => Promise<string> };

/** Where and as whom. */
export interface HostOptions {
  /** The token issuer, for example `http://localhost:4000`. */
  readonly issuer: string;
  readonly client: HostClient;
}

/**
 * What to open. `tasks` is what tokens for the conversation may be for; it ends after `expiresInSeconds` (default 3600). Its user
 * is who `subjectToken` proves (a token of the control plane's own sign-in or an ID token of a configured issuer); nobody without.
 * `request` are the payees, recipients, addresses and accounts that the user himself named, in clear: their digests are registered
 * and nothing else leaves the host. Take them from what the user wrote, never from what an agent or a tool said. With an
 * `environment` nothing happens in the conversation anywhere else.
 */
export interface OpenConversationOptions extends HostOptions {
  readonly conversation: Pick<OpenConversation, 'id' | 'agent' | 'tasks'> &
    Partial<Pick<OpenConversation, 'attributes' | 'digests' | 'environment' | 'expiresInSeconds' | 'subjectToken'>> & {
      readonly request?: readonly RequestedValue[];
    };
}

/** A refusal by the control plane; `code` is the problem's (`conversation_refused`, `client_refused`, `conflict`, `retired`, …). */
export class ConversationError extends Error {
  override readonly name = 'ConversationError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Opens a conversation record for an agent this host may speak for, and gives its id, its end (milliseconds) and the revision
 * from which guards know it. The agent then asks for tokens with the scope token `conv:<id>`. Repeating it with the same id and
 * content is harmless. Throws `ConversationError`.
 */
export async function openConversation({
  conversation: { request = [], ...conversation },
  ...host
}: OpenConversationOptions): Promise<OpenedConversation> {
  const digests = [...(conversation.digests ?? []), ...conversationDigests(conversation.id, request)];
  return (await send(host, 'POST', '/oauth/conversations', { ...conversation, digests })) as OpenedConversation;
}

/** Closes a conversation for good: its tokens are refused from the revision in the answer on. Throws `ConversationError`. */
export async function closeConversation(options: HostOptions & { readonly id: string }): Promise<{ revision: number }> {
  const path = `/oauth/conversations/${encodeURIComponent(options.id)}`;
  return (await send(options, 'DELETE', path, {})) as { revision: number };
}

async function proofOf(client: HostClient): Promise<Readonly<Record<string, string>>> {
  return 'secret' in client
    ? { client_id: client.id, client_secret: client.secret }
    : { client_assertion_type: tokenWords.clientAssertion, client_assertion: await client.assertion() };
}

async function send({ issuer, client }: HostOptions, method: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, ...(await proofOf(client)) }),
    redirect: 'error',
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const { code = 'internal', detail = `the control plane answered ${response.status}` } = (answer ??
    {}) as Partial<Problem>;
  throw new ConversationError(code, detail);
}
