import { randomBytes } from 'node:crypto';
import type { AccessTokenClaims, Task } from '@portcullis/contracts';
import type { Pool } from 'pg';
import type { AgentScope } from './agent-scope.js';
import type { ExchangeSubject } from './exchange-subject.js';
import { no, type Refused } from './claims-refusal.js';
import { standingOf, type Standing } from './standing.js';
import { subjectClaims, whyNotBy } from './subject-claims.js';

/** The claims that are Portcullis's own; the rest is RFC 9068's and oidc-provider's. */
export type AgentClaims = Pick<
  AccessTokenClaims,
  | 'sub'
  | 'agent'
  | 'credential'
  | 'instance'
  | 'role'
  | 'environment'
  | 'task'
  | 'rev'
  | 'user'
  | 'conversation'
  | 'act'
  | 'via'
>;

export interface ClaimsRequest {
  readonly agent: string;
  readonly credential: string;
  readonly resource: string;
  readonly scope: AgentScope;
  /** A proof of a key came with the request (RFC 9449); that it is right is oidc-provider's to say. */
  readonly isProved: boolean;
  /** Of an exchange. */
  readonly subject: ExchangeSubject | undefined;
}

/** A token in the making. Both times are seconds; `exp` may not be later than `latestEnd`. */
export interface Grounds {
  readonly claims: AgentClaims;
  readonly server: string | null;
  readonly isUseNoted: boolean;
  readonly isProved: boolean;
  readonly lifeSeconds: number;
  readonly latestEnd: number;
}

type Held = Standing['roles'][number];

function roleOf(held: Standing['roles'], asked: string | undefined): Held | undefined {
  if (asked !== undefined) return held.find(({ role }) => role === asked);
  return held.length === 1 ? held[0] : undefined;
}

/** No token outlives its ground: credential, assignment, conversation and subject token each end it. */
function latestEndOf(ends: readonly (number | null | undefined)[]): number {
  return Math.floor(Math.min(...ends.map((end) => end ?? Infinity)) / 1000);
}

/** What stands against the request whatever role it is for. */
function whyNot(standing: Standing, { scope, subject, isProved }: ClaimsRequest, task: Task): Refused | undefined {
  const { environment, conversation } = standing;
  if (!standing.isLive) return no('invalid_client', 'the agent or its credential is not live');
  if (standing.requireDpop && !isProved) return no('proof_needed', 'a DPoP proof is required and there is none');
  if (environment === null) return no('invalid_target', 'there is no such server');
  const unfit = subject?.token && whyNotBy(subject.token, standing, task);
  if (unfit !== undefined) return unfit;
  if (conversation === null && scope.conversation !== undefined)
    return no('invalid_scope', 'no such conversation of this agent is open');
  if (conversation !== null && !conversation.tasks.includes(task))
    return no('invalid_scope', `the conversation does not allow ${task}`);
  return undefined;
}

function decideClaims(standing: Standing, request: ClaimsRequest, now: number): Grounds | Refused {
  const { agent, credential, scope, isProved, subject } = request;
  const { environment, server, credentialEndsAt, conversation } = standing;
  const task: Task = scope.task ?? 'lookup';
  const refusal = whyNot(standing, request, task);
  if (refusal !== undefined || environment === null) return refusal ?? no('invalid_target', 'there is no such server');
  const held = roleOf(standing.roles, scope.role);
  if (held === undefined) return no('invalid_scope', 'the role is not held there, or none of several is named');
  const about = subjectClaims(standing, agent, subject);
  if ('refused' in about) return about;
  const latestEnd = latestEndOf([credentialEndsAt, held.endsAt, conversation?.endsAt, subject?.endsAt]);
  const lifeSeconds = Math.min(standing.lifeSeconds, latestEnd - Math.floor(now / 1000));
  if (lifeSeconds < 1) return no('invalid_scope', 'a ground of the token ends within this second');
  const instance = scope.instance ?? `${agent}-${randomBytes(4).toString('hex')}`;
  const rev = Number(standing.revision) as AccessTokenClaims['rev'];
  const within = {
    role: held.role,
    environment,
    task,
    rev,
    ...(scope.conversation && { conversation: scope.conversation }),
  };
  const claims = { ...about, agent, credential, instance, ...within };
  return { claims, server, isUseNoted: standing.isUseNoted, isProved, lifeSeconds, latestEnd };
}

/** Decides what a token says, or why there is none. An agent cannot take a role that it does not hold in that environment. */
export async function issueClaims(pool: Pool, request: ClaimsRequest): Promise<Grounds | Refused> {
  const { agent, credential, resource, scope, subject } = request;
  const question = { agent, credential, resource, conversation: scope.conversation, subject: subject?.token };
  const standing = await standingOf(pool, question);
  return standing === undefined
    ? no('invalid_client', 'there are no token settings')
    : decideClaims(standing, request, Date.now());
}
