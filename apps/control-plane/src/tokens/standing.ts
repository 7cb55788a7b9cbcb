import type { AccessTokenClaims, Task } from '@portcullis/contracts';
import type { Pool } from 'pg';
import { assignmentWindowSql } from '../assignments/window.js';
import { credentialEndSql } from '../credentials/end-of.js';
import { isCredentialLiveSql } from '../credentials/live-credentials.js';
import { isTokenActiveSql, tokenValues } from './is-token-active.js';

export interface StandingQuestion {
  readonly agent: string;
  readonly credential: string;
  readonly resource: string;
  readonly conversation: string | undefined;
  /** The access token of ours that is the subject of an exchange. */
  readonly subject: AccessTokenClaims | undefined;
}

/** What an agent may be given at one moment. Ends are milliseconds, `null` without one. */
export interface Standing {
  readonly revision: string;
  readonly server: string | null;
  readonly environment: string | null;
  readonly isLive: boolean;
  /** The subject's token stands, none of the credentials it was made from is tainted, and its agent hosts this one. */
  readonly isSubjectLive: boolean;
  /** With which the conversation of the subject's token was opened. */
  readonly subjectOpener: string | null;
  readonly credentialEndsAt: number | null;
  /** Its last use on record is less than a second old. */
  readonly isUseNoted: boolean;
  readonly roles: readonly { readonly role: string; readonly endsAt: number | null }[];
  /** The named conversation while it is open; `null` when there is none such. */
  readonly conversation: {
    readonly user: string | null;
    readonly tasks: readonly Task[];
    readonly endsAt: number;
  } | null;
  readonly lifeSeconds: number;
  readonly requireDpop: boolean;
}

const inMs = (instant: string) => `extract(epoch from ${instant})::float8 * 1000`;

const statement = `
  select n.revision, s.id as server, s.environment_id as environment,
    exists (select 1 from credential c where c.id = $2 and c.agent_id = $1 and ${isCredentialLiveSql('c')}) as "isLive",
    ${isTokenActiveSql(5)} and exists (select 1 from agent_host h where h.agent_id = $1 and h.host_id = $5) as "isSubjectLive",
    (select v.credential_id from conversation v where v.id = $10::text::uuid) as "subjectOpener",
    (select ${inMs(credentialEndSql('c'))} from credential c where c.id = $2) as "credentialEndsAt",
    coalesce((select c.last_used_at > now() - interval '1 second' from credential c where c.id = $2), false) as "isUseNoted",
    coalesce((select json_agg(h order by h.role) from (
      select a.role_id as role, case when bool_or(a.not_after is null) then null else ${inMs('max(a.not_after)')} end as "endsAt"
      from assignment a where a.agent_id = $1 and a.environment_id = s.environment_id and ${assignmentWindowSql('a')}
      group by a.role_id) h), '[]') as roles,
    (select json_build_object('user', v.user_id, 'tasks', v.tasks, 'endsAt', ${inMs('v.expires_at')})
      from conversation v where v.id = $4::uuid and v.agent_id = $1 and v.status = 'open' and v.expires_at > now()
        and (v.environment_id is null or v.environment_id = s.environment_id)
        and not exists (select 1 from credential_taint x where x.credential_id = v.credential_id)) as conversation,
    t.token_life_seconds as "lifeSeconds", t.require_dpop as "requireDpop"
  from change_counter n cross join token_settings t left join server s on s.resource = $3`;

/** One statement is one snapshot: `revision` is never newer than the standing it vouches for (P-F5). */
export async function standingOf(pool: Pool, question: StandingQuestion): Promise<Standing | undefined> {
  const { agent, credential, resource, conversation = null, subject } = question;
  const values = [agent, credential, resource, conversation, ...tokenValues(subject)];
  return (await pool.query<Standing>({ name: 'agent-standing', text: statement, values })).rows[0];
}
