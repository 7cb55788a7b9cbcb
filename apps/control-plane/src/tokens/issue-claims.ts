import { randomBytes } from 'node:crypto';
import type { AccessTokenClaims, Task } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { noteUse } from '../credentials/credential-use.js';
import type { AgentScope } from './agent-scope.js';
import { standingOf, type Standing } from './standing.js';

/** The claims that are Portcullis's own; the rest is RFC 9068's and oidc-provider's. */
export type AgentClaims = Pick<
  AccessTokenClaims,
  'agent' | 'credential' | 'instance' | 'role' | 'environment' | 'task' | 'rev' | 'user' | 'conversation'
>;

export type ClaimsRefusal = 'invalid_client' | 'invalid_target' | 'invalid_scope';

export interface ClaimsRequest {
  readonly agent: string;
  readonly credential: string;
  readonly resource: string;
  readonly scope: AgentScope;
  readonly address: string | null;
}

/** A token in the making. Both times are seconds; `exp` may not be later than `latestEnd`. */
export interface Grounds {
  readonly claims: AgentClaims;
  readonly lifeSeconds: number;
  readonly latestEnd: number;
}

interface Refused {
  readonly refused: ClaimsRefusal;
}

function roleOf(held: Standing['roles'], asked: string | undefined): Standing['roles'][number] | undefined {
  if (asked !== undefined) return held.find(({ role }) => role === asked);
  return held.length === 1 ? held[0] : undefined;
}

/** No token outlives its ground: credential, assignment and conversation each end it. */
function latestEndOf(ends: readonly (number | null | undefined)[]): number {
  return Math.floor(Math.min(...ends.map((end) => end ?? Infinity)) / 1000);
}

function decideClaims(standing: Standing, { agent, credential, scope }: ClaimsRequest, now: number): Grounds | Refused {
  const { environment, conversation } = standing;
  if (!standing.isLive || standing.isViaTainted) return { refused: 'invalid_client' };
  if (environment === null) return { refused: 'invalid_target' };
  const held = roleOf(standing.roles, scope.role);
  if (held === undefined) return { refused: 'invalid_scope' };
  const task: Task = scope.task ?? 'lookup';
  const isOutside = conversation === null ? scope.conversation !== undefined : !conversation.tasks.includes(task);
  if (isOutside) return { refused: 'invalid_scope' };
  const latestEnd = latestEndOf([standing.credentialEndsAt, held.endsAt, conversation?.endsAt]);
  const lifeSeconds = Math.min(standing.lifeSeconds, latestEnd - Math.floor(now / 1000));
  if (lifeSeconds < 1) return { refused: 'invalid_scope' };
  const instance = scope.instance ?? `${agent}-${randomBytes(4).toString('hex')}`;
  const rev = Number(standing.revision) as AccessTokenClaims['rev'];
  const about = { ...(scope.conversation && { conversation: scope.conversation }), ...userOf(conversation?.user) };
  return {
    claims: { agent, credential, instance, role: held.role, environment, task, rev, ...about },
    lifeSeconds,
    latestEnd,
  };
}

function userOf(user: string | null | undefined): { readonly user?: string } {
  return typeof user === 'string' ? { user } : {};
}

/** Decides what a token says, or why there is none. An agent cannot take a role that it does not hold in that environment. */
export async function issueClaims(pool: Pool, request: ClaimsRequest): Promise<Grounds | Refused> {
  const { agent, credential, resource, scope, address } = request;
  const standing = await standingOf(pool, { agent, credential, resource, conversation: scope.conversation });
  if (standing === undefined) return { refused: 'invalid_client' };
  const grounds = decideClaims(standing, request, Date.now());
  if ('claims' in grounds) await noteUse(pool, credential, { address, server: standing.server });
  return grounds;
}
