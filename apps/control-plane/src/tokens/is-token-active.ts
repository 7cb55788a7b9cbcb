import type { AccessTokenClaims } from '@portcullis/contracts';
import { actorsOf } from '@portcullis/policy';
import type { Pool } from 'pg';
import { credentialEndSql } from '../credentials/end-of.js';

/**
 * The condition under which a token of ours stands, for use inside a statement that reads more than this: the agents it came by and
 * their cut-offs, its credential, the credentials it was made from, its conversation and itself. `first` is the number of the first
 * of the seven parameters that `tokenValues` gives.
 */
export function isTokenActiveSql(first: number): string {
  const [agent, credential, made, jti, rev, conversation, actors] = [0, 1, 2, 3, 4, 5, 6].map((n) => `$${first + n}`);
  const end = credentialEndSql('c');
  return `(not exists (select 1 from unnest(${actors}::text[]) a (id)
      where not exists (select 1 from agent_status s where s.agent_id = a.id and s.status = 'active'))
    and exists (select 1 from credential c where c.id = ${credential} and c.agent_id = ${agent}
      and (c.not_before is null or c.not_before <= now()) and (${end} is null or ${end} > now())
      and not exists (select 1 from credential_revocation r where r.credential_id = c.id))
    and not exists (select 1 from credential_taint t where t.credential_id = any(${made}::text[]))
    and not exists (select 1 from token_revocation x where x.jti = ${jti})
    and not exists (select 1 from change_latest l
      where l.kind = 'cut-off' and l.object_id = any(${actors}::text[]) and l.revision > ${rev}::bigint)
    and (${conversation}::text is null or exists (select 1 from conversation v
      where v.id = ${conversation}::text::uuid and v.agent_id = ${agent} and v.status = 'open' and v.expires_at > now()
      and not exists (select 1 from credential_taint t where t.credential_id = v.credential_id))))`;
}

/** The parameters of `isTokenActiveSql`; without a token, as many nulls. */
export function tokenValues(claims: AccessTokenClaims | undefined): readonly unknown[] {
  if (claims === undefined) return [null, null, null, null, null, null, null];
  const { agent, credential, via = [], jti, rev, conversation = null } = claims;
  return [agent, credential, [credential, ...via], jti, rev, conversation, actorsOf(claims)];
}

/** Whether a token that is ours still stands, by the database. */
export async function isTokenActive(pool: Pool, claims: AccessTokenClaims): Promise<boolean> {
  const { rows } = await pool.query<{ active: boolean }>({
    name: 'is-token-active',
    text: `select ${isTokenActiveSql(1)} as active`,
    values: [...tokenValues(claims)],
  });
  return rows[0]?.active === true;
}
