import { randomBytes } from 'node:crypto';
import type { AccessTokenClaims, Task } from '@portcullis/contracts';
import type { Pool } from 'pg';
import type { AgentScope } from './agent-scope.js';

/** The claims that are Portcullis's own; the rest is RFC 9068's and oidc-provider's. */
export type AgentClaims = Pick<
  AccessTokenClaims,
  'agent' | 'credential' | 'instance' | 'role' | 'environment' | 'task' | 'rev'
>;

export type ClaimsRefusal = 'invalid_client' | 'invalid_target' | 'invalid_scope';

export interface ClaimsRequest {
  readonly agent: string;
  readonly credential: string;
  readonly resource: string;
  readonly scope: AgentScope;
}

interface Standing {
  readonly revision: string;
  readonly environment: string | null;
  readonly status: string | null;
  readonly is_live: boolean;
  readonly roles: string[];
}

/** One statement is one snapshot: `rev` is never newer than the standing it vouches for (P-F5). */
async function standingOf(pool: Pool, { agent, credential, resource }: ClaimsRequest): Promise<Standing | undefined> {
  const { rows } = await pool.query<Standing>({
    name: 'agent-standing',
    text: `select n.revision, s.environment_id as environment, t.status,
             exists (select 1 from credential c left join credential_revocation r on r.credential_id = c.id
                     where c.id = $2 and c.agent_id = $1 and r.credential_id is null and (c.expires_at is null or c.expires_at > now())) as is_live,
             array(select a.role_id from assignment a
                   where a.agent_id = $1 and a.environment_id = s.environment_id and a.removed_at is null order by a.role_id) as roles
           from change_counter n left join server s on s.resource = $3 left join agent_status t on t.agent_id = $1`,
    values: [agent, credential, resource],
  });
  return rows[0];
}

function roleOf(held: readonly string[], asked: string | undefined): string | undefined {
  if (asked !== undefined) return held.includes(asked) ? asked : undefined;
  return held.length === 1 ? held[0] : undefined;
}

/** Decides what a token says, or why there is none. An agent cannot take a role that it does not hold in that environment. */
export async function issueClaims(
  pool: Pool,
  request: ClaimsRequest,
): Promise<AgentClaims | { readonly refused: ClaimsRefusal }> {
  const standing = await standingOf(pool, request);
  if (standing === undefined || standing.status !== 'active' || !standing.is_live) return { refused: 'invalid_client' };
  if (standing.environment === null) return { refused: 'invalid_target' };
  const role = roleOf(standing.roles, request.scope.role);
  if (role === undefined) return { refused: 'invalid_scope' };
  const task: Task = request.scope.task ?? 'lookup';
  await touch(pool, request.credential);
  return {
    agent: request.agent,
    credential: request.credential,
    instance: request.scope.instance ?? `${request.agent}-${randomBytes(4).toString('hex')}`,
    role,
    environment: standing.environment,
    task,
    rev: Number(standing.revision) as AccessTokenClaims['rev'],
  };
}

/** When a credential was last used is not a change; once a second is exact enough. */
async function touch(pool: Pool, credential: string): Promise<void> {
  await pool.query(
    `update credential set last_used_at = now() where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 second')`,
    [credential],
  );
}
